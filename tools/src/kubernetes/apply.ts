import { TRACKING, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';

/**
 * Argo CD's own name in `managedFields`. What it will manage is applied under the same name, so that a field that
 * leaves git later leaves the cluster too, and its first sync changes nothing.
 */
export const ARGOCD_MANAGER = 'argocd-controller';
/** What nobody else manages: the Secrets and the root. */
export const BOOTSTRAP_MANAGER = 'lgtm-fleet-bootstrap';

export type Applied = 'created' | 'changed' | 'unchanged' | 'managed';

export interface Counts {
  readonly created: number;
  readonly changed: number;
  /** Objects that were as they should be, or that Argo CD manages already. */
  readonly unchanged: number;
}

/** Definitions and namespaces first; then the order of the list. */
const FIRST = ['CustomResourceDefinition', 'Namespace', 'ServiceAccount', 'ConfigMap', 'Secret'];

/**
 * Applies objects on the server's side. What carries Argo CD's tracking is left alone: from the moment of its first
 * sync it is Argo CD's, and applying it without the tracking would take that away again.
 */
export async function applyAll(client: Client, objects: readonly ClusterObject[], manager: string): Promise<Counts> {
  const rank = ({ kind }: ClusterObject): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
  const counts = { created: 0, changed: 0, unchanged: 0 };
  for (const object of objects.toSorted((left, right) => rank(left) - rank(right))) {
    const result = await apply(client, object, manager);
    counts[result === 'managed' ? 'unchanged' : result] += 1;
  }
  return counts;
}

export async function apply(client: Client, object: ClusterObject, manager: string): Promise<Applied> {
  const path = await knownPath(client, object);
  const before = await client.read(object);
  if (before?.metadata.annotations?.[TRACKING] !== undefined && manager === ARGOCD_MANAGER) return 'managed';
  const after = (await client.send({
    method: 'PATCH',
    path: `${path}?fieldManager=${manager}&force=true&fieldValidation=Strict`,
    body: object,
    contentType: 'application/apply-patch+yaml',
  })) as ClusterObject;
  if (before === undefined) return 'created';
  return before.metadata.resourceVersion === after.metadata.resourceVersion ? 'unchanged' : 'changed';
}

/** A definition that was just made is not served in the same moment. */
async function knownPath(client: Client, object: ClusterObject): Promise<string> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const path = await client.pathOf(object);
    if (path !== undefined) return path;
    await sleep(500);
  }
  throw new Error(`the cluster does not know the kind ${object.kind} of ${object.apiVersion}`);
}
