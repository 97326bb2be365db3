import { portsOf } from '../ports.ts';
import type {
  ComponentName,
  Connection,
  Endpoint,
  Namespace,
  OutsideEndpoint,
  PodEndpoint,
  Protocol,
} from '../types.ts';

const IN_MONITORING: ReadonlySet<ComponentName> = new Set([
  'alloy',
  'alloy-gateway',
  'alloy-sources',
  'kube-state-metrics',
  'node-exporter',
  'canary',
  'canary-traces',
  'rules',
  'alertmanager',
  'meta-monitoring',
]);

export function namespaceOf(component: ComponentName): Namespace {
  if (component === 'sample') return 'sample';
  return IN_MONITORING.has(component) ? 'monitoring' : 'observability';
}

const ON_NODE_NETWORK: ReadonlySet<ComponentName> = new Set(['node-exporter']);

/** True for pods that have the address of their node: no selector matches them, and no NetworkPolicy holds for them. */
export function isOnNodeNetwork(component: ComponentName): boolean {
  return ON_NODE_NETWORK.has(component);
}

export function pods(component: ComponentName, role: string): PodEndpoint {
  return { kind: 'pods', namespace: namespaceOf(component), component, role };
}

export function outside(name: OutsideEndpoint['name']): OutsideEndpoint {
  return { kind: 'outside', name };
}

/** Name of the Service in front of a role; the rings' own is asked for with port memberlist. */
export function serviceOf({ component, role }: PodEndpoint): string {
  return role === 'monolithic' || role === component || role === 'broker' ? component : `${component}-${role}`;
}

/** Services that are not called like their role, by `component/role:port`. */
const OTHER_SERVICES: Readonly<Record<string, string>> = {
  // A frontend is ready only once a querier has found it, so queriers look among those not ready, too.
  'tempo/query-frontend:grpc': 'tempo-query-frontend-discovery',
  'alloy-gateway/alloy-gateway:otlp-peers': 'alloy-gateway-peers',
  'grafana/grafana:gossip': 'grafana-alerting',
};

/** Name of the Service by which a port of a role is called. */
export function serviceOfPort(to: PodEndpoint, port: string): string {
  return port === 'memberlist'
    ? `${to.component}-memberlist`
    : (OTHER_SERVICES[`${to.component}/${to.role}:${port}`] ?? serviceOf(to));
}

interface Call {
  readonly from: Endpoint;
  readonly to: PodEndpoint;
  readonly port: string;
  readonly protocol: Protocol;
  readonly why: string;
  readonly tenant?: Connection['tenant'];
}

/** A connection to a port of a role, through its Service. */
export function call({ from, to, port, protocol, why, tenant = 'none' }: Call): Connection {
  const found = portsOf(to.component, to.role).find(({ name }) => name === port);
  if (found === undefined) throw new Error(`${to.component}-${to.role} has no port ${port}`);
  return { from, to, service: serviceOfPort(to, port), portName: port, port: found.port, protocol, tenant, why };
}

/** A connection that leaves the cluster's own pods. */
export function leave(
  from: PodEndpoint,
  name: OutsideEndpoint['name'],
  port: number,
  protocol: Protocol,
  why: string,
  tenant: Connection['tenant'] = 'none',
): Connection {
  return { from, to: outside(name), portName: protocol, port, protocol, tenant, why };
}
