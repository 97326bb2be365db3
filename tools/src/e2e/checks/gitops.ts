import { setTimeout as sleep } from 'node:timers/promises';
import type { Seen } from '../check.ts';
import type { Checkout, Edit } from '../checkout.ts';
import type { Cluster } from '../cluster.ts';
import { mustRun } from '../programs.ts';
import { until } from '../wait.ts';
import { synced, type Awaited } from './sync.ts';

export async function headOf({ root }: Checkout): Promise<string> {
  return (await mustRun('git', ['-C', root, 'rev-parse', 'HEAD'])).trim();
}

/** A commit, and then nothing but waiting until Argo CD has made it true. */
export async function committed(
  awaited: Awaited,
  message: string,
  edits: readonly Edit[],
  holds: () => Promise<boolean>,
): Promise<Seen> {
  await awaited.checkout.change(message, edits);
  // Argo CD looks at git every two to three minutes.
  const seen = await synced(awaited, await headOf(awaited.checkout), 480);
  await until(message, { seconds: 240, everyMs: 3000 }, async () => ((await holds()) ? true : undefined));
  return { detail: `${message}; ${seen.detail ?? ''}` };
}

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' } as const;

/** A Deployment that somebody deletes is back, as another object. */
export async function healed(cluster: Cluster, namespace: string, name: string): Promise<Seen> {
  const uidOf = async (): Promise<string | undefined> => {
    const object = await cluster.client.read({ ...DEPLOYMENT, metadata: { namespace, name } });
    return (object?.metadata as { readonly uid?: string } | undefined)?.uid;
  };
  const before = await uidOf();
  if (before === undefined) throw new Error(`there is no Deployment ${namespace}/${name}`);
  await cluster.client.send({
    method: 'DELETE',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground' },
  });
  const start = performance.now();
  await until(`Deployment ${name} to be back`, { seconds: 240 }, async () => {
    const now = await uidOf();
    return now !== undefined && now !== before ? now : undefined;
  });
  await cluster.ready(namespace, name, 120);
  return { detail: `${name} was back and ready after ${((performance.now() - start) / 1000).toFixed(0)} s` };
}

/**
 * A component leaves the spec: what it made goes, but its namespace stays until a person confirms
 * (here: the annotation that Argo CD's own button sets).
 */
export async function pruned(
  awaited: Awaited,
  namespace: string,
  component: string,
  edits: readonly Edit[],
): Promise<Seen> {
  const { client } = awaited.cluster;
  await awaited.checkout.change(`remove ${component}`, edits);
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { namespace: 'argocd', name: `${awaited.checkout.cluster}-${component}` },
  };
  await until(`Application ${application.metadata.name} to go`, { seconds: 480, everyMs: 3000 }, async () =>
    (await client.read(application)) === undefined ? true : undefined,
  );
  const left = await client.list(DEPLOYMENT, namespace);
  if ((left ?? []).length > 0) throw new Error(`Deployments of ${component} are still there`);
  const owner = { ...application, metadata: { namespace: 'argocd', name: `${awaited.checkout.cluster}-namespaces` } };
  await until('the question whether the namespace may go', { seconds: 480, everyMs: 3000 }, async () => {
    const state = (await client.read(owner))?.['status'] as
      { readonly operationState?: { readonly message?: string } } | undefined;
    return /confirm/i.test(state?.operationState?.message ?? '') ? true : undefined;
  });
  await sleep(10_000);
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  const stays = await client.read(object);
  if (stays === undefined || stays.metadata.deletionTimestamp !== undefined)
    throw new Error(`namespace ${namespace} was deleted though nobody confirmed`);
  await client.send({
    method: 'PATCH',
    path: `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${owner.metadata.name}`,
    contentType: 'application/merge-patch+json',
    body: { metadata: { annotations: { 'argocd.argoproj.io/deletion-approved': new Date().toISOString() } } },
  });
  await until(`namespace ${namespace} to go`, { seconds: 300, everyMs: 2000 }, async () =>
    (await client.read(object)) === undefined ? true : undefined,
  );
  return { detail: `${component} went; namespace ${namespace} stayed until it was confirmed` };
}
