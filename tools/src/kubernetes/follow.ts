import {
  ARGOCD_NAMESPACE,
  observe,
  type ClusterObject,
  type Event,
  type Expected,
  type FirstSeen,
  type Observation,
  type Pod,
  type Snapshot,
} from '@lgtm-fleet/bootstrap';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';

export interface FollowOptions {
  readonly timeoutSeconds: number;
  /** Seconds between two looks. */
  readonly everySeconds?: number;
  /** Called after each look. */
  readonly onLook?: (observation: Observation) => void;
}

export interface Outcome {
  readonly ended: 'ready' | 'blocked' | 'timeout';
  /** The last look: the root first, then in the order of the waves. */
  readonly states: Observation['states'];
  readonly seconds: number;
}

/** Looks until all Applications are Synced and Healthy, or nothing but a person can help, or time is up. */
export async function follow(client: Client, expected: readonly Expected[], options: FollowOptions): Promise<Outcome> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  let firstSeen: FirstSeen = new Map();
  for (;;) {
    const snapshot = await look(client, expected);
    const observation = observe(expected, snapshot, firstSeen, elapsed());
    firstSeen = observation.firstSeen;
    options.onLook?.(observation);
    const { states, verdict } = observation;
    if (verdict !== 'going') return { ended: verdict, states, seconds: elapsed() };
    if (elapsed() >= options.timeoutSeconds) return { ended: 'timeout', states, seconds: elapsed() };
    await sleep((options.everySeconds ?? 3) * 1000);
  }
}

/** What there is to see at one moment. */
export async function look(client: Client, expected: readonly Expected[]): Promise<Snapshot> {
  const namespaces = [...new Set(expected.map(({ namespace }) => namespace))];
  const [applications, perNamespace] = await Promise.all([
    client.list({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }, ARGOCD_NAMESPACE),
    Promise.all(namespaces.map((namespace) => lookInto(client, namespace))),
  ]);
  const pods = perNamespace.flatMap((one) => one.pods);
  return {
    applications: applications ?? [],
    pods,
    claims: perNamespace.flatMap(({ claims }) => claims),
    autoscalers: perNamespace.flatMap(({ autoscalers }) => autoscalers),
    events: perNamespace.flatMap(({ events }) => events),
    lastWords: await lastWords(client, pods),
  };
}

/** How long a warning says something about now; seconds. */
const RECENT = 180;

async function lookInto(
  client: Client,
  namespace: string,
): Promise<Pick<Snapshot, 'pods' | 'claims' | 'autoscalers' | 'events'>> {
  const [pods, claims, autoscalers, events] = await Promise.all([
    client.list({ apiVersion: 'v1', kind: 'Pod' }, namespace),
    client.list({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' }, namespace),
    client.list({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }, namespace),
    client.list({ apiVersion: 'v1', kind: 'Event' }, namespace, 'fieldSelector=type%3DWarning'),
  ]);
  return {
    pods: pods ?? [],
    claims: claims ?? [],
    autoscalers: autoscalers ?? [],
    events: ((events ?? []) as readonly (ClusterObject & Event & Dated)[]).filter(recent),
  };
}

interface Dated {
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

function recent({ lastTimestamp, eventTime, metadata }: ClusterObject & Dated): boolean {
  const time = Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '');
  return Number.isNaN(time) || Date.now() - time < RECENT * 1000;
}

/** The last line of what each crashing container wrote. */
async function lastWords(client: Client, pods: readonly Pod[]): Promise<ReadonlyMap<string, string>> {
  const crashing = pods.flatMap(({ metadata, status }) =>
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
      .filter(({ state }) => state?.waiting?.reason === 'CrashLoopBackOff')
      .map(({ name }) => ({ namespace: metadata.namespace ?? '', pod: metadata.name, container: name })),
  );
  const found = await Promise.all(
    crashing.slice(0, 10).map(async ({ namespace, pod, container }) => {
      try {
        const text = await client.send({
          method: 'GET',
          path: `/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}&previous=true&tailLines=3&limitBytes=4000`,
        });
        const line = typeof text === 'string' ? text.trim().split('\n').at(-1) : undefined;
        return line === undefined || line === '' ? [] : [[`${namespace}/${pod}/${container}`, line] as const];
      } catch {
        // Its log is a help and no more; it may be gone already.
        return [];
      }
    }),
  );
  return new Map(found.flat());
}
