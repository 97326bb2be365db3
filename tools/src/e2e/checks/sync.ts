import {
  expectedApplications,
  observe,
  type Application,
  type ApplicationState,
  type FirstSeen,
} from '@lgtm-fleet/bootstrap';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { look } from '../../kubernetes/follow.ts';
import { documents } from '../../kubernetes/manifests.ts';
import type { Seen } from '../check.ts';
import { cli, type Checkout } from '../checkout.ts';
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

/** Each wave was made only after every Application of the one before had begun to sync, so that none began with all. */
export async function inWaves({ checkout, cluster }: Awaited): Promise<Seen> {
  const expected = await expectedOf(checkout);
  const { applications } = await look(cluster.client, expected);
  // The root is above all waves.
  const waves = [...Map.groupBy(expected.slice(1), ({ wave }) => wave)].toSorted(([left], [right]) => left - right);
  let before = { name: checkout.cluster, began: Number.NEGATIVE_INFINITY };
  for (const [wave, members] of waves) {
    const own = members.map(({ name }) => {
      const found = applications.find(({ metadata }) => metadata.name === name) as (Application & Dated) | undefined;
      const made = found?.metadata.creationTimestamp ?? '';
      // What finds all of its objects in place has nothing to sync.
      const began = found?.status?.history?.[0]?.deployStartedAt ?? made;
      return { name, made: Date.parse(made), began: Date.parse(began) };
    });
    const early = own.find(({ made }) => !(made >= before.began));
    if (early !== undefined) throw new Error(`${early.name} of wave ${String(wave)} did not wait for ${before.name}`);
    before = own.toSorted((left, right) => right.began - left.began)[0] ?? before;
  }
  return { detail: `waves ${waves.map(([wave]) => String(wave)).join(', ')}` };
}

interface Dated {
  readonly status?: {
    /** The oldest sync first. */
    readonly history?: readonly { readonly deployStartedAt?: string }[];
    readonly resources?: readonly { readonly kind: string; readonly name: string; readonly status?: string }[];
    readonly operationState?: { readonly finishedAt?: string };
  };
}

/** Nothing drifts: after a while, every object is in sync still, and Argo CD has not synced again. */
export async function quiet({ checkout, cluster, missing }: Awaited, seconds: number): Promise<Seen> {
  const expected = await expectedOf(checkout);
  const at = async (): Promise<ReadonlyMap<string, Dated['status']>> => {
    const { applications } = await look(cluster.client, expected);
    return new Map(applications.map((one) => [one.metadata.name, (one as Application & Dated).status]));
  };
  const before = await at();
  await sleep(seconds * 1000);
  const after = await at();
  const objects = expected.flatMap(({ name }) =>
    (after.get(name)?.resources ?? []).map((object) => ({ application: name, ...object })),
  );
  const drifted = objects
    // What is a hook has no state.
    .filter(({ status }) => status !== undefined && status !== 'Synced')
    .map(({ application, kind, name, status }) => `${kind} ${name} of ${application} is ${status ?? ''}`);
  // Where pods cannot start, Argo CD tries again from time to time.
  const restless = expected
    .filter(({ component }) => component === undefined || !missing.has(component))
    .filter(({ name }) => before.get(name)?.operationState?.finishedAt !== after.get(name)?.operationState?.finishedAt)
    .map(({ name }) => `${name} was synced again`);
  if (objects.length === 0) throw new Error('Argo CD has no object');
  if (drifted.length + restless.length > 0) throw new Error([...drifted, ...restless].join('; '));
  return { detail: `${String(objects.length)} objects, ${String(seconds)} s apart` };
}

/** The API server takes what is committed as it is: no deprecated version, no unknown field, no warning of Pod Security. */
export async function unwarned({ root }: Checkout): Promise<Seen> {
  const said = await cli(['dry-run', '--root', root]);
  return { detail: said.trim().split('\n').at(-1) ?? '' };
}
