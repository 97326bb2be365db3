import { expectedApplications, observe, type ApplicationState, type FirstSeen } from '@lgtm-fleet/bootstrap';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { look } from '../../kubernetes/follow.ts';
import { documents } from '../../kubernetes/manifests.ts';
import type { Seen } from '../check.ts';
import type { Checkout } from '../checkout.ts';
import type { Cluster } from '../cluster.ts';

export interface Awaited {
  readonly checkout: Checkout;
  readonly cluster: Cluster;
  /** Components whose images the cluster cannot get. */
  readonly missing: ReadonlySet<string>;
}

/** What Argo CD should have made of a checkout, as it is now. */
export async function expectedOf(checkout: Checkout): Promise<ReturnType<typeof expectedApplications>> {
  const files = await checkout.render();
  const objects = files
    .filter((file) => file.endsWith('/applications.yaml'))
    .flatMap((file) => documents(readFileSync(file, 'utf8')));
  return expectedApplications(checkout.cluster, objects);
}

/**
 * Waits until every Application whose images exist is Synced and Healthy, at the revision that is published.
 * @throws Error with what keeps each of the others
 */
export async function synced(
  { checkout, cluster, missing }: Awaited,
  revision: string,
  seconds: number,
): Promise<Seen> {
  const expected = await expectedOf(checkout);
  const end = performance.now() + seconds * 1000;
  let firstSeen: FirstSeen = new Map();
  for (;;) {
    const snapshot = await look(cluster.client, expected);
    const observation = observe(expected, snapshot, firstSeen, performance.now() / 1000);
    firstSeen = observation.firstSeen;
    const at = new Map(snapshot.applications.map(({ metadata, status }) => [metadata.name, status?.sync?.revision]));
    const open = observation.states.filter((state) => {
      const component = expected.find(({ name }) => name === state.name)?.component;
      if (component !== undefined && missing.has(component)) return state.sync !== 'Synced';
      // The root is as healthy as the least of what it made.
      if (state.name === checkout.cluster) return state.sync !== 'Synced' || at.get(state.name) !== revision;
      return !state.ready;
    });
    if (open.length === 0) {
      const healthy = observation.states.filter(({ ready }) => ready).length;
      return { detail: `${String(healthy)} of ${String(expected.length)} Applications Synced and Healthy` };
    }
    if (performance.now() > end) throw new Error(open.map(say).join('; '));
    await sleep(2000);
  }
}

function say({ name, sync, health, obstacles }: ApplicationState): string {
  return `${name} is ${sync}, ${health}${obstacles.map(({ message }) => `: ${message}`).join('')}`;
}

/** Nothing drifts: after a while, every Application that was Synced is so still, and Argo CD has not synced again. */
export async function quiet({ checkout, cluster, missing }: Awaited, seconds: number): Promise<Seen> {
  const expected = await expectedOf(checkout);
  const operations = async (): Promise<ReadonlyMap<string, string>> => {
    const { applications } = await look(cluster.client, expected);
    return new Map(
      applications.map(({ metadata, status }) => [
        metadata.name,
        `${status?.sync?.status ?? 'Unknown'} ${(status as Operation | undefined)?.operationState?.finishedAt ?? ''}`,
      ]),
    );
  };
  const before = await operations();
  await sleep(seconds * 1000);
  const after = await operations();
  const restless = expected
    .filter(({ component }) => component === undefined || !missing.has(component))
    .filter(({ name }) => after.get(name)?.startsWith('Synced ') !== true || after.get(name) !== before.get(name))
    .map(({ name }) => `${name}: ${before.get(name) ?? 'absent'}, then ${after.get(name) ?? 'absent'}`);
  if (restless.length > 0) throw new Error(restless.join('; '));
  return { detail: `${String(expected.length)} Applications, ${String(seconds)} s apart` };
}

interface Operation {
  readonly operationState?: { readonly finishedAt?: string };
}
