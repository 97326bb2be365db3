import { randomUUID } from 'node:crypto';
import type { Seen } from '../check.ts';
import { shortfall } from '../check.ts';
import type { Credential, FrontDoor, Line } from '../front-door.ts';
import type { Stage } from '../scenario.ts';
import { until } from '../wait.ts';

const LINES = 200;
const PATIENCE = { seconds: 60, everyMs: 1000 };

function accepted(what: string, status: number): void {
  if (status < 200 || status >= 300) throw new Error(`${what} was answered ${String(status)}`);
}

/** Series pushed by one tenant come back for it, whatever tenant the client claims to be, and for no other. */
export async function metricsByTenant(door: FrontDoor, owner: Credential, other: Credential): Promise<Seen> {
  const run = randomUUID();
  const samples = Array.from({ length: 100 }, (_, index) => ({
    name: 'e2e_pushed',
    labels: { run, index: String(index) },
    atMs: Date.now(),
    value: index,
  }));
  accepted('the push', await door.pushMetrics(owner, samples));
  const found = await until('the series', PATIENCE, async () => {
    const series = await door.samples(owner, `e2e_pushed{run="${run}"}`);
    return series.length === samples.length ? series : undefined;
  });
  for (const { labels, values } of found)
    if (values.at(-1)?.[1] !== Number(labels['index']))
      throw new Error(`series ${labels['index'] ?? ''} has another value`);
  const seenByOther = (await door.samples(other, `e2e_pushed{run="${run}"}`)).length;
  const forged = await door.get(
    other,
    `/prometheus/api/v1/query?query=${encodeURIComponent(`e2e_pushed{run="${run}"}`)}`,
    { 'X-Scope-OrgID': owner.tenant },
  );
  const leaked = seenByOther > 0 || forged.text.includes(run);
  if (leaked) throw new Error(`tenant ${other.tenant} sees series of ${owner.tenant}`);
  return { counts: { pushed: 100, acknowledged: 100, readBack: found.length, lost: 0 } };
}

/** The same for lines, pushed in Loki's own form and by OTLP. */
export async function logsByTenant(door: FrontDoor, owner: Credential, other: Credential): Promise<Seen> {
  const run = randomUUID();
  const batch = (kind: string): readonly Line[] =>
    Array.from({ length: LINES }, (_, index) => ({
      atMs: Date.now() - LINES + index,
      text: `${run} ${kind} ${String(index)}`,
    }));
  const [own, otlp] = [batch('push'), batch('otlp')];
  accepted('the push', await door.pushLogs(owner, { job: 'e2e', kind: 'push' }, own));
  accepted('the OTLP push', await door.pushLogsByOtlp(owner, 'e2e-otlp', otlp));
  const selectors = [`{job="e2e", kind="push"} |= "${run}"`, `{service_name="e2e-otlp"} |= "${run}"`];
  const found = await until('all lines', PATIENCE, async () => {
    const lines = (await Promise.all(selectors.map((selector) => door.lines(owner, selector)))).flat();
    return lines.length >= own.length + otlp.length ? lines : undefined;
  });
  const wanted = new Set([...own, ...otlp].map(({ text }) => text));
  const lost = [...wanted].filter((text) => !found.includes(text)).length;
  const counts = { pushed: wanted.size, acknowledged: wanted.size, readBack: wanted.size - lost, lost };
  if (lost > 0) throw shortfall('lines came back changed', counts);
  for (const selector of selectors)
    if ((await door.lines(other, selector)).length > 0)
      throw new Error(`tenant ${other.tenant} sees lines of ${owner.tenant}`);
  return { counts };
}

/** Nobody without a credential, and no path that is not for tenants. */
export async function closedDoors(door: FrontDoor, as: Credential): Promise<Seen> {
  const wrong = { ...as, password: 'not-the-password' };
  const refused: readonly (readonly [string, Credential | undefined, number])[] = [
    ['/prometheus/api/v1/query?query=up', undefined, 401],
    ['/loki/api/v1/query_range?query=%7Bjob%3D%22e2e%22%7D', wrong, 401],
    ['/config', as, 404],
    ['/ingester/shutdown', as, 404],
    ['/memberlist', as, 404],
    ['/loki/ring', as, 404],
    ['/ready', as, 404],
  ];
  for (const [path, who, status] of refused) {
    const answer = await door.get(who, path);
    if (answer.status !== status)
      throw new Error(`${path} answered ${String(answer.status)} instead of ${String(status)}`);
  }
  return { detail: `${String(refused.length)} requests refused` };
}

/** What a pod wrote to its standard output is found under the pod's name. */
export async function podLogs({ cluster, missing, door }: Stage, as: Credential): Promise<Seen> {
  const [pod] = await cluster.pods('observability', 'loki');
  if (pod === undefined) throw new Error('Loki has no pod');
  const selector = { namespace: pod.namespace, pod: pod.name, container: pod.container };
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log?container=${pod.container}&tailLines=50`;
  const text = (await cluster.client.send({ method: 'GET', path })) as string;
  const wanted = text.split('\n').filter((line) => line !== '');
  if (wanted.length === 0) throw new Error(`${pod.name} has written nothing`);
  if (missing.has('alloy')) {
    // In Alloy's place: the lines go the same way in, under the same labels.
    const lines = wanted.map((line, index) => ({ atMs: Date.now() - wanted.length + index, text: line }));
    accepted('the push', await door.pushLogs(as, { job: `${pod.namespace}/loki`, ...selector }, lines));
  }
  const query = `{namespace="${pod.namespace}", container="${pod.container}"} | pod="${pod.name}"`;
  const found = await until('the lines of the pod', { seconds: 120, everyMs: 2000 }, async () => {
    const lines = new Set(await door.lines(as, query));
    const there = wanted.filter((line) => lines.has(line)).length;
    return there === wanted.length ? there : undefined;
  });
  const counts = { pushed: wanted.length, acknowledged: wanted.length, readBack: found, lost: 0 };
  return {
    counts,
    detail: missing.has('alloy') ? `lines of ${pod.name}, sent by the test in Alloy's place` : `lines of ${pod.name}`,
  };
}
