import { metricsStoreOf, type ClusterSpec } from '@lgtm-fleet/spec';
import { isToldByItsOwn, isWatched, routesInGit, toldReceivers } from '../alerting.ts';
import { addressOf } from '../notifications.ts';
import type {
  Connection,
  NotificationsPlan,
  PodEndpoint,
  Protocol,
  ReceiverPlan,
  TenantPlan,
  Workload,
} from '../types.ts';
import { call, leave, outside, pods } from './endpoints.ts';

export interface AlertInputs {
  readonly cluster: ClusterSpec;
  readonly workloads: readonly Workload[];
  readonly tenants: readonly TenantPlan[];
  readonly notifications: NotificationsPlan | undefined;
}

/** Who tells an Alertmanager of alerts, and whom it tells. */
export function alertConnections(inputs: AlertInputs): readonly Connection[] {
  const { cluster, workloads, tenants, notifications } = inputs;
  const told = toldReceivers(cluster, notifications, tenants);
  const mimir = workloads.some(({ component, role }) => component === 'mimir' && role === 'alertmanager')
    ? 'alertmanager'
    : 'monolithic';
  return [
    ...receiverConnections(pods('mimir', mimir), told.observability),
    ...(notifications !== undefined && isToldByItsOwn(cluster)
      ? [...tellers(cluster, workloads), ...receiverConnections(ALERTMANAGER, told.monitoring)]
      : []),
  ];
}

const ALERTMANAGER = pods('alertmanager', 'alertmanager');

/** Whoever evaluates rules and has no Mimir to tell. */
function tellers(cluster: ClusterSpec, workloads: readonly Workload[]): readonly Connection[] {
  const stores: readonly PodEndpoint[] =
    metricsStoreOf(cluster.spec) === 'prometheus' ? [pods('prometheus', 'prometheus'), lokiRuler(workloads)] : [];
  const watchers = isWatched(cluster) ? [pods('meta-monitoring', 'meta-monitoring')] : [];
  return [...stores, ...watchers].map((from) =>
    call({ from, to: ALERTMANAGER, port: 'http', protocol: 'http', why: 'sends alerts' }),
  );
}

/** The role of Loki that evaluates rules. */
export function lokiRuler(workloads: readonly Workload[]): PodEndpoint {
  const own = workloads.some(({ component, role }) => component === 'loki' && role === 'ruler');
  return pods('loki', own ? 'ruler' : 'monolithic');
}

/** One edge for each port and protocol: mail servers have ports of their own. */
function receiverConnections(from: PodEndpoint, receivers: readonly ReceiverPlan[]): readonly Connection[] {
  const places = receivers.map((receiver) => ({
    name: receiver.name,
    protocol: receiver.kind === 'email' ? ('tcp' as const) : ('https' as const),
    ...addressOf(receiver),
  }));
  const groups = Map.groupBy(places, ({ port, protocol }) => `${protocol}/${String(port)}`);
  return [...groups.values()].flatMap((group): readonly Connection[] => {
    const [first] = group;
    if (first === undefined) return [];
    const names = [...new Set(group.map(({ name }) => name))];
    const protocol: Protocol = first.protocol;
    return [
      {
        ...leave(from, 'alert-receivers', first.port, protocol, `tells ${names.join(', ')}`),
        to: { ...outside('alert-receivers'), hosts: [...new Set(group.map(({ host }) => host))].toSorted() },
      },
    ];
  });
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
