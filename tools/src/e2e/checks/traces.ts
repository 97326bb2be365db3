import { randomBytes } from 'node:crypto';
import type { Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { until } from '../wait.ts';

/** A trace pushed by one tenant comes back by its id, and for no other tenant. */
export async function tracesByTenant(door: FrontDoor, owner: Credential, other: Credential): Promise<Seen> {
  const id = randomBytes(16).toString('hex');
  const name = `e2e ${id}`;
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId: id,
    spanId: randomBytes(8).toString('hex'),
    name,
    kind: 2,
    startTimeUnixNano: String(now - 1_000_000_000n),
    endTimeUnixNano: String(now),
  };
  const service = { key: 'service.name', value: { stringValue: 'e2e' } };
  const body = JSON.stringify({
    resourceSpans: [{ resource: { attributes: [service] }, scopeSpans: [{ spans: [span] }] }],
  });
  const { status, text } = await door.send(owner, 'POST', '/otlp/v1/traces', body, 'application/json');
  if (status !== 200) throw new Error(`the push was answered ${String(status)}: ${text.slice(0, 300)}`);
  const path = `/tempo/api/traces/${id}`;
  const json = { accept: 'application/json' };
  await until('the trace', { seconds: 120, everyMs: 2000 }, async () => {
    const answer = await door.get(owner, path, json);
    return answer.status === 200 && answer.text.includes(name) ? true : undefined;
  });
  const seen = await door.get(other, path, json);
  if (seen.text.includes(name)) throw new Error(`tenant ${other.tenant} sees a trace of ${owner.tenant}`);
  return { counts: { pushed: 1, acknowledged: 1, readBack: 1, lost: 0 } };
}
