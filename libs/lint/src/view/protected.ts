import type { ClusterView } from './cluster.ts';
import { nameOf, serviceNamed, type Service } from './services.ts';

const STORES = ['loki', 'mimir', 'tempo', 'prometheus'];

/** Paths of the stores' HTTP servers that are an operator's, also behind the prefixes that gateways give them. */
export const ADMIN_PATHS: readonly string[] = [
  ...['', '/loki', '/tempo', '/mimir'].flatMap((prefix) =>
    [
      '/flush',
      '/shutdown',
      '/config',
      '/runtime_config',
      '/services',
      '/memberlist',
      '/ring',
      '/metrics',
      '/log_level',
    ].map((path) => `${prefix}${path}`),
  ),
  '/ingester/flush',
  '/ingester/flush_shutdown',
  '/ingester/shutdown',
  '/ingester/prepare_shutdown',
  '/ingester/prepare-shutdown',
  '/ingester/prepare-instance-ring-downscale',
  '/ingester/prepare-partition-downscale',
  '/ingester/tenants',
  '/ingester/ring',
  '/distributor/ring',
  '/distributor/all_user_stats',
  '/distributor/ha_tracker',
  '/store-gateway/ring',
  '/store-gateway/tenants',
  '/compactor/ring',
  '/compactor/delete_tenant',
  '/ruler/ring',
  '/ruler/rule_groups',
  '/ruler/delete_tenant_config',
  '/multitenant_alertmanager/status',
  '/multitenant_alertmanager/ring',
  '/multitenant_alertmanager/delete_tenant_config',
  '/scheduler/ring',
  '/indexgateway/ring',
  '/status/config',
  '/debug/pprof/heap',
  '/debug/fgprof',
  '/prometheus/-/quit',
  '/prometheus/-/reload',
  '/prometheus/api/v1/admin/tsdb/delete_series',
];

/** True for a Service with a store behind it. */
export function runsStore(cluster: ClusterView, service: Service | undefined): boolean {
  return programsBehind(cluster, service).some((name) => STORES.includes(name));
}

/** True unless all that is behind a Service is known to have no tenants, as Prometheus has none. */
export function keepsTenants(cluster: ClusterView, service: Service | undefined): boolean {
  const programs = programsBehind(cluster, service);
  return programs.length === 0 || programs.some((name) => name !== 'prometheus');
}

/** True for an address where every request must say who sends it: a store with tenants, the gateway in front, a hub. */
export function asksForTenant(cluster: ClusterView, host: string, home: string): boolean {
  const { gatewayUrl } = cluster.plan.collection;
  if (/^[a-z]+:\/\/([^/:]+)/.exec(gatewayUrl)?.[1] === host) return true;
  const name = nameOf(cluster, host, home);
  const programs = programsBehind(cluster, name && serviceNamed(cluster, name));
  return programs.some((one) => one.startsWith('nginx') || (STORES.includes(one) && one !== 'prometheus'));
}

function programsBehind(cluster: ClusterView, service: Service | undefined): readonly string[] {
  if (service === undefined) return [];
  return cluster.programs.filter(({ workload }) => service.workloads.includes(workload)).map(({ name }) => name);
}
