import type { ClusterSpec } from '@lgtm-fleet/spec';
import type { Connection, Workload } from '../types.ts';
import { leave, outside, pods } from './endpoints.ts';

/** True where somebody says where his alerts go: then all routes of Mimir's Alertmanager are in git (docs/adr/0010). */
export function routesInGit({ spec }: ClusterSpec): boolean {
  return spec.role === 'hub' && spec.tenants.some(({ alerts }) => alerts !== undefined);
}

/** The Alertmanager calls the tenants' webhooks, whichever port they are on. */
export function webhookConnections(cluster: ClusterSpec, workloads: readonly Workload[]): readonly Connection[] {
  if (!routesInGit(cluster)) return [];
  const role = workloads.some(({ component, role }) => component === 'mimir' && role === 'alertmanager')
    ? 'alertmanager'
    : 'monolithic';
  const webhooks = cluster.spec.tenants.flatMap(({ name, alerts }) =>
    alerts === undefined ? [] : [{ name, url: new URL(alerts.webhook) }],
  );
  return [...Map.groupBy(webhooks, ({ url }) => Number(url.port || '443'))].map(([port, own]) => ({
    ...leave(
      pods('mimir', role),
      'alert-webhooks',
      port,
      'https',
      `sends alerts of ${own.map(({ name }) => name).join(', ')}`,
    ),
    to: { ...outside('alert-webhooks'), hosts: [...new Set(own.map(({ url }) => url.hostname))].toSorted() },
  }));
}

/** With routes from files the Alertmanager of its own pod has no business in the buckets. */
export function withoutAlertBucket(cluster: ClusterSpec, connections: readonly Connection[]): readonly Connection[] {
  if (!routesInGit(cluster)) return connections;
  return connections.filter(
    ({ from, to }) =>
      !(
        from.kind === 'pods' &&
        from.component === 'mimir' &&
        from.role === 'alertmanager' &&
        (to.kind === 'outside' ? to.name === 'object-storage' : to.component === 'seaweedfs')
      ),
  );
}
