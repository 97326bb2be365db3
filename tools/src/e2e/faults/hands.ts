import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Reference } from '../../kubernetes/client.ts';
import type { Cluster } from '../cluster.ts';
import { until } from '../wait.ts';

/** What people do to a cluster by hand. */

export type Change = Readonly<Record<string, unknown>>;

/** A merge patch: null takes a key away. */
export async function patch({ client }: Cluster, object: Reference, change: Change): Promise<void> {
  await client.send({
    method: 'PATCH',
    path: await pathOf({ client }, object),
    contentType: 'application/merge-patch+json',
    body: change,
  });
}

export async function remove({ client }: Cluster, object: Reference, graceSeconds?: number): Promise<void> {
  const body = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }),
  };
  await client.send({ method: 'DELETE', path: await pathOf({ client }, object), body });
}

async function pathOf({ client }: Pick<Cluster, 'client'>, object: Reference): Promise<string> {
  const path = await client.pathOf(object);
  if (path === undefined) throw new Error(`the server knows no ${object.kind}`);
  return path;
}

export async function read({ client }: Pick<Cluster, 'client'>, object: Reference): Promise<ClusterObject> {
  const found = await client.read(object);
  if (found === undefined) throw new Error(`there is no ${object.kind} ${object.metadata.name}`);
  return found;
}

const POD = { apiVersion: 'v1', kind: 'Pod' } as const;

/** New pods in the place of those that run; returns when the old ones are gone. */
export async function restart(cluster: Cluster, namespace: string, component: string, role?: string): Promise<void> {
  const before = await cluster.pods(namespace, component, role);
  for (const { name } of before) await remove(cluster, { ...POD, metadata: { namespace, name } }, 1);
  const old = new Set(before.map(({ uid }) => uid));
  await until(`the old pods of ${component} to go`, { seconds: 120 }, async () =>
    (await cluster.pods(namespace, component, role)).some(({ uid }) => old.has(uid)) ? undefined : true,
  );
}

export const statefulSet = (name: string, namespace = 'observability'): Reference => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { namespace, name },
});

export const deployment = (name: string, namespace = 'observability'): Reference => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace, name },
});

export const secret = (name: string, namespace = 'observability'): Reference => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name },
});

export const configMap = (name: string, namespace = 'observability'): Reference => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace, name },
});

/** Every container of a workload, changed; a merge patch replaces the whole list. */
export async function changeContainers(cluster: Cluster, workload: Reference, change: Change): Promise<void> {
  const { spec } = (await read(cluster, workload)) as unknown as Templated;
  const containers = spec.template.spec.containers.map((one) => ({ ...one, ...change }));
  await patch(cluster, workload, { spec: { template: { spec: { containers } } } });
}

interface Templated {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } };
}

/** The ConfigMap that a workload mounts, whose name has a hash at its end. */
export async function mounted(cluster: Cluster, workload: Reference, prefix: string): Promise<Reference> {
  const { spec } = (await read(cluster, workload)) as unknown as Mounting;
  const names = (spec.template.spec.volumes ?? []).flatMap(({ configMap: own }) => own?.name ?? []);
  const name = names.find((one) => one.startsWith(prefix));
  if (name === undefined) throw new Error(`${workload.metadata.name} mounts no ConfigMap ${prefix}…`);
  return configMap(name, workload.metadata.namespace);
}

interface Mounting {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly volumes?: readonly { readonly configMap?: { readonly name: string } }[] };
    };
  };
}

/**
 * The configuration of the gateway, changed, and read by new pods. Returns what puts it right, with new pods once more:
 * those that started in between would go on with what they read.
 */
export async function misconfigureGateway(
  cluster: Cluster,
  change: (text: string) => string,
): Promise<() => Promise<void>> {
  const config = await mounted(cluster, deployment('gateway'), 'gateway-config');
  const putRight = await rewrite(cluster, config, 'nginx.conf', change);
  await restart(cluster, 'observability', 'gateway');
  return async () => {
    await putRight();
    await restart(cluster, 'observability', 'gateway');
  };
}

/** A text of a ConfigMap, changed. Returns what puts it back. */
async function rewrite(
  cluster: Cluster,
  object: Reference,
  key: string,
  change: (text: string) => string,
): Promise<() => Promise<void>> {
  const { data } = (await read(cluster, object)) as unknown as { readonly data: Readonly<Record<string, string>> };
  const before = data[key] ?? '';
  const after = change(before);
  if (after === before) throw new Error(`${key} of ${object.metadata.name} has nothing to change`);
  await patch(cluster, object, { data: { [key]: after } });
  return () => patch(cluster, object, { data: { [key]: before } });
}
