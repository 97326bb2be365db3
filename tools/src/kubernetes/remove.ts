import { ARGOCD_NAMESPACE, belongsTo, TRACKING, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Reference } from './client.ts';
import { isApiError } from './http.ts';

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

/** Every object in the namespaces that can be deleted, and those kinds without a namespace that the stack makes. */
export async function everything(client: Client, namespaces: readonly string[]): Promise<readonly ClusterObject[]> {
  const groups = (await client.send({ method: 'GET', path: '/apis' })) as {
    readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
  };
  const versions = ['v1', ...groups.groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
  const found: ClusterObject[] = [];
  for (const apiVersion of versions) {
    const kinds = await resourcesOf(client, apiVersion);
    for (const { kind, namespaced } of kinds) {
      const where = namespaced ? namespaces : OUTSIDE.has(kind) ? [undefined] : [];
      for (const namespace of where)
        found.push(
          ...((await client.list({ apiVersion, kind }, namespace)) ?? []).map((object) => ({
            ...object,
            apiVersion,
            kind,
          })),
        );
    }
  }
  return found;
}

const OUTSIDE: ReadonlySet<string> = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PriorityClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);

async function resourcesOf(client: Client, apiVersion: string): Promise<ResourceList['resources']> {
  try {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { resources } = (await client.send({ method: 'GET', path })) as ResourceList;
    return resources.filter(
      ({ name, verbs }) => !name.includes('/') && verbs.includes('list') && verbs.includes('delete'),
    );
  } catch (error) {
    // An aggregated API whose server is away has nothing of ours.
    if (isApiError(error, 503) || isApiError(error, 404)) return [];
    throw error;
  }
}

const SWEEPS = 5;

/**
 * Deletes Applications and nothing that they made: without their finalizers Argo CD deletes nothing in turn. Looked at
 * again until none is left, since a sync of the root that was under way may make one anew.
 */
export async function removeApplications(
  client: Client,
  cluster: string,
  first: readonly ClusterObject[],
): Promise<void> {
  let left = first;
  for (let sweep = 0; sweep < SWEEPS && left.length > 0; sweep += 1) {
    for (const application of left) {
      await withoutFinalizers(client, application);
      await remove(client, application);
    }
    await sleep(2000);
    const kind = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
    const found = (await client.list(kind, ARGOCD_NAMESPACE)) ?? [];
    left = found.filter(({ metadata }) => belongsTo(cluster, metadata)).map((object) => ({ ...object, ...kind }));
  }
}

async function withoutFinalizers(client: Client, object: ClusterObject): Promise<void> {
  if ((object.metadata.finalizers ?? []).length > 0) await patchMetadata(client, object, { finalizers: null });
}

/** Takes away the annotation by which Argo CD says whose an object is. */
export async function release(client: Client, object: ClusterObject): Promise<void> {
  await patchMetadata(client, object, { annotations: { [TRACKING]: null } });
}

/** One that is gone already is no error. */
async function patchMetadata(client: Client, object: Reference, metadata: unknown): Promise<void> {
  const path = await client.pathOf(object);
  if (path === undefined) return;
  try {
    await client.send({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body: { metadata } });
  } catch (error) {
    if (!isApiError(error, 404)) throw error;
  }
}

/** Deletes an object and, in the background or not at all, what it made. One that is gone already is no error. */
export async function remove(
  client: Client,
  object: Reference,
  propagationPolicy: 'Background' | 'Orphan' = 'Background',
): Promise<void> {
  const path = await client.pathOf(object);
  if (path === undefined) return;
  try {
    await client.send({
      method: 'DELETE',
      path,
      body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy },
    });
  } catch (error) {
    if (!isApiError(error, 404)) throw error;
  }
}
