import type { ClusterObject, Pod } from '@lgtm-fleet/bootstrap';
import { setTimeout as sleep } from 'node:timers/promises';
import { BOOTSTRAP_MANAGER } from './apply.ts';
import type { Client, Reference } from './client.ts';

/** A workload, and the component whose label its pods have. */
export interface Rolling {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly component: string;
}

interface Controlled extends ClusterObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

export type RunningPod = ClusterObject & Pod;

/** As `kubectl rollout restart` does it: a changed annotation of the template makes new pods. */
export async function restart(client: Client, { kind, namespace, name }: Rolling): Promise<void> {
  const path = await client.pathOf(reference(kind, namespace, name));
  if (path === undefined) throw new Error(`the server does not know ${kind}`);
  await client.send({
    method: 'PATCH',
    path: `${path}?fieldManager=${BOOTSTRAP_MANAGER}`,
    contentType: 'application/merge-patch+json',
    body: {
      spec: {
        template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } } },
      },
    },
  });
}

/** Waits until new pods are ready and the old ones are gone; false when time is up. */
export async function rolledOut(client: Client, rolling: Rolling, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = (await client.read(reference(rolling.kind, rolling.namespace, rolling.name))) as
      Controlled | undefined;
    if (found !== undefined && isRolledOut(found) && (await podsOf(client, rolling)).every(isReady)) return true;
    if (performance.now() > end) return false;
    await sleep(1000);
  }
}

function isRolledOut({ metadata, spec, status }: Controlled): boolean {
  const wanted = spec?.replicas ?? 1;
  const updated = status?.updatedReplicas ?? 0;
  return (
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    updated >= wanted &&
    (status?.readyReplicas ?? 0) >= wanted &&
    (status?.replicas ?? updated) === updated
  );
}

/** Pods that are there, those that are about to go included: they still answer. */
export async function podsOf(client: Client, { namespace, component }: Rolling): Promise<readonly RunningPod[]> {
  const query = `labelSelector=${encodeURIComponent(`app.kubernetes.io/name=${component}`)}`;
  const found = (await client.list({ apiVersion: 'v1', kind: 'Pod' }, namespace, query)) ?? [];
  return (found as readonly RunningPod[]).filter(
    ({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed',
  );
}

export function isReady({ metadata, status }: RunningPod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') === true
  );
}

function reference(kind: string, namespace: string, name: string): Reference {
  return { apiVersion: 'apps/v1', kind, metadata: { namespace, name } };
}
