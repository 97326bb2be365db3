import { metricsStoreOf, type ClusterSpec } from '@lgtm-fleet/spec';
import { secretFilesOf } from './notifications.ts';
import type { Namespace, NotificationsPlan, ReceiverPlan, SecretFile, TenantPlan } from './types.ts';

/** True where somebody says where alerts go: then all routes of Mimir's Alertmanager are in git (docs/adr/0010). */
export function routesInGit({ spec }: ClusterSpec): boolean {
  return (
    spec.role === 'hub' &&
    (spec.notifications !== undefined || spec.tenants.some(({ alerts }) => alerts !== undefined)) &&
    metricsStoreOf(spec) === 'mimir'
  );
}

/** True where a Prometheus of its own watches the stores. */
export function isWatched({ spec }: ClusterSpec): boolean {
  return spec.role === 'hub' && spec.selfMonitoring?.metaMonitoring === true;
}

/** True where something evaluates rules that no Alertmanager of Mimir is told of. */
export function isToldByItsOwn(cluster: ClusterSpec): boolean {
  return cluster.spec.role === 'hub' && (isWatched(cluster) || metricsStoreOf(cluster.spec) === 'prometheus');
}

/** Every receiver that an Alertmanager tells, by the namespace that it runs in. */
export function toldReceivers(
  cluster: ClusterSpec,
  notifications: NotificationsPlan | undefined,
  tenants: readonly TenantPlan[],
): Readonly<Record<'observability' | 'monitoring', readonly ReceiverPlan[]>> {
  const ofTenants = tenants.flatMap(({ alerts }) => alerts?.receivers ?? []);
  const { receivers = [], deadMansSwitch } = notifications ?? {};
  const own = [...receivers, ...(deadMansSwitch === undefined ? [] : [deadMansSwitch.receiver])];
  return {
    observability: routesInGit(cluster) ? ofTenants : [],
    monitoring: notifications !== undefined && isToldByItsOwn(cluster) ? own : [],
  };
}

/** What receivers are shown, in each namespace whose Alertmanager tells them. */
export function toldSecrets(
  cluster: ClusterSpec,
  notifications: NotificationsPlan | undefined,
  tenants: readonly TenantPlan[],
): readonly (SecretFile & { readonly namespace: Namespace })[] {
  const told = toldReceivers(cluster, notifications, tenants);
  return (['observability', 'monitoring'] as const).flatMap((namespace) =>
    told[namespace].flatMap(secretFilesOf).map((file) => ({ ...file, namespace })),
  );
}
