import { INSTANCE, LGTM_FLEET, PART_OF, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { applyAll } from '../../kubernetes/apply.ts';
import { shortfall, type Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { withPod } from '../pod-port.ts';
import { until } from '../wait.ts';

const NAMESPACE = 'observability';
const HOUR_MS = 3_600_000;
const MANAGER = 'lgtm-fleet-e2e';
export const METRIC = 'e2e_kept';

/** Samples of one series and lines of one stream, a second apart, the last at a time. */
export interface Past {
  readonly as: Credential;
  readonly run: string;
  readonly endMs: number;
  readonly count: number;
}

/** What is asked of a past: how much there is of it. */
export interface Counted {
  readonly samples: number;
  readonly lines: number;
}

/** @throws Error where not all of it is acknowledged */
export async function pushPast(door: FrontDoor, { as, run, endMs, count }: Past): Promise<void> {
  const times = Array.from({ length: count }, (_, index) => endMs - (count - 1 - index) * 1000);
  const samples = times.map((atMs, value) => ({ name: METRIC, labels: { run }, atMs, value }));
  const lines = times.map((atMs, index) => ({ atMs, text: `${run} ${String(index)}` }));
  // The older first: a tenant that has nothing yet takes what is old, and one that has something young does not.
  const statuses = [await door.pushMetrics(as, samples), await door.pushLogs(as, { job: 'e2e', run }, lines)];
  if (statuses.some((status) => status < 200 || status > 299))
    throw new Error(`${run}: samples were answered ${String(statuses[0])}, lines ${String(statuses[1])}`);
}

/** Counted by the stores themselves, over the hour before the end of a past. */
export async function count(door: FrontDoor, { as, run, endMs }: Past): Promise<Counted> {
  const time = String((endMs + 1000) / 1000);
  const [samples, lines] = await Promise.all([
    valueOf(door, as, '/prometheus/api/v1/query', `sum(count_over_time(${METRIC}{run="${run}"}[1h]))`, time),
    valueOf(door, as, '/loki/api/v1/query', `sum(count_over_time({job="e2e", run="${run}"}[1h]))`, time),
  ]);
  return { samples, lines };
}

async function valueOf(door: FrontDoor, as: Credential, path: string, query: string, time: string): Promise<number> {
  const { status, text } = await door.get(as, `${path}?${new URLSearchParams({ query, time }).toString()}`);
  if (status !== 200) throw new Error(`${path} answered ${String(status)}: ${text.slice(0, 300)}`);
  const { data } = JSON.parse(text) as {
    readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
  };
  return Number(data.result[0]?.value[1] ?? 0);
}

/** Counts until all is there, since what was uploaded a moment ago is not found at once. @throws Shortfall with the last count */
export async function countAll(door: FrontDoor, pasts: readonly Past[], seconds: number): Promise<Seen> {
  let last: readonly Counted[] = [];
  const asked = async (): Promise<true | undefined> => {
    last = await Promise.all(pasts.map((past) => count(door, past)));
    return summed(pasts, last).lost === 0 ? true : undefined;
  };
  try {
    await until('all of it to be counted', { seconds, everyMs: 3000 }, asked);
  } catch (error) {
    throw shortfall(error instanceof Error ? error.message : String(error), summed(pasts, last));
  }
  return { counts: summed(pasts, last), detail: told(pasts, last) };
}

/** What was pushed, once as samples and once as lines, and how much of it was counted. Too much is no gain. */
export function summed(
  pasts: readonly Past[],
  counted: readonly Counted[],
): { readonly pushed: number; readonly acknowledged: number; readonly readBack: number; readonly lost: number } {
  const pushed = pasts.reduce((sum, past) => sum + 2 * past.count, 0);
  const lost = pasts.reduce((sum, past, index) => {
    const { samples = 0, lines = 0 } = counted[index] ?? {};
    return sum + Math.abs(past.count - samples) + Math.abs(past.count - lines);
  }, 0);
  return { pushed, acknowledged: pushed, readBack: pushed - lost, lost };
}

function told(pasts: readonly Past[], counted: readonly Counted[]): string {
  return pasts
    .map(({ run }, index) => {
      const { samples = 0, lines = 0 } = counted[index] ?? {};
      return `${run}: ${String(samples)} samples, ${String(lines)} lines`;
    })
    .join('; ');
}

/** Has the stores upload what they hold, as docs/backup.md says. */
export async function flush(cluster: Cluster): Promise<Seen> {
  const doors = [
    ['mimir', 8080, '/ingester/flush?wait=true'],
    ['loki', 3100, '/flush'],
  ] as const;
  for (const [component, port, path] of doors)
    await withPod(cluster, { namespace: NAMESPACE, component, role: 'monolithic', port }, (ask) =>
      ask(path, { method: 'POST', seconds: 300, status: 204 }),
    );
  return {};
}

/** The Secrets of the stack as somebody keeps them: without what the API server added. */
export async function keepSecrets({ client }: Cluster, names: readonly string[]): Promise<readonly ClusterObject[]> {
  const found = await Promise.all(
    names.map((name) => client.read({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: NAMESPACE, name } })),
  );
  return found.flatMap((secret) => (secret === undefined ? [] : [kept(secret)]));
}

export function kept({ apiVersion, kind, metadata, ...rest }: ClusterObject): ClusterObject {
  const { name, namespace, labels } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels !== undefined && { labels }) },
    ...('type' in rest && { type: rest['type'] }),
    ...('data' in rest && { data: rest['data'] }),
  };
}

/** The namespace, by whose labels bootstrap knows that it is its own, and the Secrets in it; as docs/backup.md says. */
export async function giveBack({ client }: Cluster, of: string, secrets: readonly ClusterObject[]): Promise<void> {
  const labels = { [PART_OF]: LGTM_FLEET, [INSTANCE]: of };
  await applyAll(client, [{ ...namespace, metadata: { ...namespace.metadata, labels } }, ...secrets], MANAGER);
}

interface Identified {
  readonly metadata: { readonly uid?: string };
}

const uidOf = (object: ClusterObject | undefined): string | undefined =>
  (object as (ClusterObject & Identified) | undefined)?.metadata.uid;

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } } as const;

/** Deletes the namespace of the stack with all in it, and waits until nothing of it is left. */
export async function loseNamespace({ client }: Cluster, seconds: number): Promise<Seen> {
  const claims = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
  const before = uidOf(await client.read(namespace));
  const volumes = new Set((await client.list(claims, NAMESPACE))?.map(uidOf));
  if (before === undefined || volumes.size === 0) throw new Error(`there is no namespace ${NAMESPACE} with claims`);
  await client.send({ method: 'DELETE', path: `/api/v1/namespaces/${NAMESPACE}` });
  const start = performance.now();
  await until(`the end of namespace ${NAMESPACE}`, { seconds, everyMs: 2000 }, async () =>
    // Argo CD may make another one.
    uidOf(await client.read(namespace)) === before ? undefined : true,
  );
  const same = ((await client.list(claims, NAMESPACE)) ?? []).filter((claim) => volumes.has(uidOf(claim)));
  if (same.length > 0)
    throw new Error(`${same.map(({ metadata }) => metadata.name).join(', ')} outlived the namespace`);
  const took = ((performance.now() - start) / 1000).toFixed(0);
  return { detail: `${String(volumes.size)} claims went with it, within ${took} s` };
}

/** @param ago how long before now: yesterday's, for instance, 26 hours */
export function past(as: Credential, run: string, ago: number, amount: number, nowMs: number): Past {
  return { as, run, endMs: Math.floor((nowMs - ago * HOUR_MS) / 1000) * 1000, count: amount };
}
