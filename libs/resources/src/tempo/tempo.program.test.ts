import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import type { Plan } from '@lgtm-fleet/plan';
import { describe, expect, it } from 'vitest';
import { examplePlan, hubPlans } from '../testing/checkout.ts';
import { cloudPlans } from '../testing/clouds.ts';
import { ready } from '../testing/programs.ts';
import { env, flagsOf, freePorts, startTempo, write } from './testing/tempo.ts';

const program = findProgram('tempo');
const named = (title: string): string => `${title}${unlessFound('tempo', program)}`;
const MONOLITHIC = 'variants/monolithic/stateful-set.yaml';
const PORTS = { http: 3200, grpc: 9095, otlpGrpc: 4317, otlpHttp: 4318 };

describe('Tempo itself', () => {
  const verify = (plan: Plan, change?: (text: string) => string): string => {
    const home = write(plan, PORTS, change);
    const run = spawnSync(program!, [...flagsOf(home, MONOLITHIC), '-config.verify=true'], { encoding: 'utf8', env });
    return `${run.stderr}${run.stdout}ended with ${String(run.status)}`;
  };

  it.skipIf(program === undefined).each(hubPlans())(named('accepts the configuration of $cluster'), (plan) => {
    expect(verify(plan)).toMatch(/ended with 0$/);
  });

  it.skipIf(program === undefined).each(cloudPlans)(named('accepts the configuration on %s'), (_, plan) => {
    expect(verify(plan)).toMatch(/ended with 0$/);
  });

  it.skipIf(program === undefined)(named('refuses a key that it does not know'), () => {
    const misspelt = (text: string): string => text.replace('block_retention:', 'block_retnetion:');
    expect(verify(examplePlan('home-lab'), misspelt)).toMatch(/block_retnetion[\s\S]*ended with 1$/);
  });
});

describe('Tempo started', () => {
  it.skipIf(program === undefined)(
    named('with the files of home-lab gives back the spans that were pushed, to their tenant only'),
    { timeout: 60_000 },
    async () => {
      const ports = await freePorts();
      const started = await startTempo(program!, write(examplePlan('home-lab'), ports), ports, MONOLITHIC);
      const url = `http://127.0.0.1:${String(ports.http)}`;
      await ready(started, `${url}/ready`, 40);
      const id = randomBytes(16).toString('hex');
      const pushed = await fetch(`http://127.0.0.1:${String(ports.otlpHttp)}/v1/traces`, {
        method: 'POST',
        headers: { 'X-Scope-OrgID': 'main', 'Content-Type': 'application/json' },
        body: JSON.stringify(spans(id)),
      });
      expect(pushed.status, await pushed.text()).toBe(200);
      const ask = async (tenant: string): Promise<string> =>
        (await fetch(`${url}/api/traces/${id}`, { headers: { 'X-Scope-OrgID': tenant } })).text();
      await expect.poll(() => ask('main'), { timeout: 10_000 }).toContain('a span of the probe');
      expect(await ask('other')).not.toContain('a span of the probe');
      expect((await fetch(`${url}/api/traces/${id}`)).status).toBe(401);
    },
  );
});

function spans(traceId: string) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: 'a span of the probe',
    kind: 2,
    startTimeUnixNano: String(now - 1_000_000_000n),
    endTimeUnixNano: String(now),
  };
  const service = { key: 'service.name', value: { stringValue: 'probe' } };
  return { resourceSpans: [{ resource: { attributes: [service] }, scopeSpans: [{ spans: [span] }] }] };
}
