import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../kubernetes/client.ts';
import { shortfall, type Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { gapsIn, NUMBER, type Counter } from '../outside/counter.ts';
import { until } from '../wait.ts';
import { write } from '../writer.ts';
import { readAll, type Storm } from './durability.ts';

const NAMESPACE = 'observability';
const NODE = { apiVersion: 'v1', kind: 'Node' } as const;
/** More is not needed to stop, and a store that is cut short has its log. */
const GRACE_SECONDS = 30;

/**
 * The stores have no place to run for a while: no node takes a pod, and theirs are deleted. Nobody heals that, as
 * Argo CD would a StatefulSet that was scaled down. A writer pushes all the time, and everything acknowledged is there
 * afterwards.
 */
export async function stoppedUnderPush(
  storm: Storm,
  components: readonly string[],
  name: string,
  seconds: number,
): Promise<Seen> {
  const { cluster, door, as } = storm;
  const writer = write(door, as, name);
  await sleep(5000);
  await withoutPlace(cluster.client, async () => {
    const pods = (await Promise.all(components.map((component) => cluster.pods(NAMESPACE, component)))).flat();
    for (const pod of pods) await remove(cluster.client, pod.name);
    await until('the stores to stop', { seconds: 2 * GRACE_SECONDS }, async () => {
      const now = (await Promise.all(components.map((component) => cluster.pods(NAMESPACE, component)))).flat();
      const left = await Promise.all(
        pods.map(async ({ name: pod, uid }) => (await uidOf(cluster.client, pod)) === uid),
      );
      return left.includes(true) || now.some(({ ready }) => ready) ? undefined : true;
    });
    await sleep(seconds * 1000);
  });
  for (const component of components) await cluster.ready(NAMESPACE, component, 300);
  await sleep(5000);
  const written = await writer.stop();
  const seen = await readAll({ door, as }, written);
  const gap = written.longestGap.toFixed(1);
  if (written.longestGap < seconds)
    throw new Error(
      `the stores were away for ${seconds} s, and the longest time without an acknowledgement is ${gap} s`,
    );
  return { ...seen, detail: `${components.join(' and ')} stopped; longest time without an acknowledgement ${gap} s` };
}

/** Each number of a page that was scraped all the while is there: what could not be sent was kept, and sent later. */
export async function keptMeanwhile(
  door: FrontDoor,
  as: Credential,
  counter: Counter,
  path: string,
  selector: string,
): Promise<Seen> {
  const last = counter.given(path);
  if (last === 0) throw new Error('nobody has scraped the page');
  let counts = { pushed: last, readBack: 0 };
  const detail = await until(`the numbers up to ${last}`, { seconds: 180, everyMs: 3000 }, async () => {
    const [numbers, ups] = await Promise.all([
      door.samples(as, `${NUMBER}${selector}`),
      door.samples(as, `up${selector}`),
    ]);
    const values = numbers.flatMap((series) => series.values);
    const failures = ups.flatMap((series) => series.values).flatMap(([atMs, up]) => (up === 0 ? [atMs] : []));
    counts = { pushed: last, readBack: new Set(values.map(([, number]) => number)).size };
    const gaps = gapsIn(values, failures, last);
    if (gaps.length > 0)
      throw shortfall(`${gaps.length} are missing, the first of them ${gaps[0] ?? ''}`, {
        ...counts,
        lost: gaps.length,
      });
    return `${last} numbers in a row, ${failures.length} scrapes failed`;
  });
  return { counts: { ...counts, acknowledged: last, lost: 0 }, detail };
}

/** No node takes new pods until the work is done, however it ends. */
export async function withoutPlace(client: Client, work: () => Promise<void>): Promise<void> {
  const nodes = ((await client.list(NODE)) ?? []) as readonly (ClusterObject & Cordoned)[];
  const open = nodes.filter(({ spec }) => spec?.unschedulable !== true).map(({ metadata }) => metadata.name);
  const cordon = async (unschedulable: boolean): Promise<void> => {
    for (const name of open)
      await client.send({
        method: 'PATCH',
        path: `/api/v1/nodes/${encodeURIComponent(name)}`,
        contentType: 'application/merge-patch+json',
        body: { spec: { unschedulable } },
      });
  };
  try {
    await cordon(true);
    await work();
  } finally {
    await cordon(false);
  }
}

interface Cordoned {
  readonly spec?: { readonly unschedulable?: boolean };
}

async function remove(client: Client, name: string): Promise<void> {
  await client.send({
    method: 'DELETE',
    path: `/api/v1/namespaces/${NAMESPACE}/pods/${encodeURIComponent(name)}`,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: GRACE_SECONDS },
  });
}

async function uidOf(client: Client, name: string): Promise<string | undefined> {
  const pod = await client.read({ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: NAMESPACE, name } });
  return (pod?.metadata as { readonly uid?: string } | undefined)?.uid;
}
