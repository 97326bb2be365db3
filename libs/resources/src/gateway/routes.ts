import type { ComponentName, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { Access, Signal } from './access.ts';
import { LOKI_QUERIES, MIMIR_QUERIES, PROMETHEUS_QUERIES, TEMPO_QUERIES } from './queries.ts';

/** The kinds of traffic differ in how long they last and how large they are. */
export type Traffic = 'push' | 'query' | 'tail' | 'upload';

/** What a request's path must be: one of a few exact paths, or all of a shape. */
export type Match = { readonly exact: string } | { readonly shape: string };

/** Which role answers which paths, and under which path it knows them. */
export interface Route {
  readonly match: Match;
  readonly traffic: Traffic;
  readonly access: Access;
  readonly signal: Signal;
  /** `host:port` of the Service, full name. */
  readonly upstream: string;
  /** A prefix that the role does not know and is taken off: `/tempo`. */
  readonly strip?: string;
  /** The path that the role knows instead, for exact matches only. */
  readonly path?: string;
  readonly why: string;
}

type StoreRoute = Omit<Route, 'signal'>;

/** Who answers what; the components decide it from the mode of the store. */
type Front<Duty extends string> = Readonly<Record<Duty, string>>;

/**
 * Every push and query path of the three stores, and nothing else: rings, configuration, flushes,
 * shutdowns and everything else that is an operator's stay inside. Each upstream is an edge of the
 * connection graph, so a route without a NetworkPolicy cannot be written.
 *
 * @throws Error when the connection graph lacks an edge that a route needs.
 */
export function gatewayRoutes(plan: Plan): readonly Route[] {
  return [
    ...lokiRoutes(plan).map((route) => ({ ...route, signal: 'logs' as const })),
    ...metricsRoutes(plan).map((route) => ({ ...route, signal: 'metrics' as const })),
    ...tempoRoutes(plan).map((route) => ({ ...route, signal: 'traces' as const })),
  ];
}

function lokiRoutes(plan: Plan): readonly StoreRoute[] {
  if (plan.loki === undefined) return [];
  const compactor = plan.loki.mode === 'monolithic' ? 'monolithic' : 'compactor';
  const front: Front<'push' | 'query' | 'tail' | 'rules' | 'delete'> =
    plan.loki.mode === 'distributed'
      ? { push: 'distributor', query: 'query-frontend', tail: 'querier', rules: 'ruler', delete: 'compactor' }
      : { push: 'monolithic', query: 'monolithic', tail: 'monolithic', rules: 'monolithic', delete: compactor };
  const to = (duty: keyof typeof front) => upstream(plan, 'loki', front[duty], 'http');
  const api: readonly Omit<StoreRoute, 'strip'>[] = [
    {
      match: { exact: '/loki/api/v1/tail' },
      traffic: 'tail',
      access: 'watch',
      upstream: to('tail'),
      why: 'Tailing, a WebSocket',
    },
    {
      match: { exact: '/loki/api/v1/delete' },
      traffic: 'query',
      access: 'manage',
      upstream: to('delete'),
      why: 'Requests to delete lines',
    },
    {
      match: { shape: '^/loki/api/v1/rules(?:/.+)?$' },
      traffic: 'query',
      access: 'manage',
      upstream: to('rules'),
      why: 'Rules of the tenant: namespace and group',
    },
    {
      match: { exact: '/loki/api/v1/drilldown-limits' },
      traffic: 'query',
      access: 'watch',
      upstream: to('query'),
      why: 'Limits of the tenant',
    },
    {
      match: { shape: `^/loki/api/v1/(?:${LOKI_QUERIES.join('|')})$` },
      traffic: 'query',
      access: 'query',
      upstream: to('query'),
      why: 'Queries of logs',
    },
  ];
  return [
    { match: { exact: '/loki/api/v1/push' }, traffic: 'push', access: 'push', upstream: to('push'), why: 'Logs' },
    { match: { exact: '/otlp/v1/logs' }, traffic: 'push', access: 'push', upstream: to('push'), why: 'Logs over OTLP' },
    ...api,
    // Grafana asks a Loki for its alerts at <address>/prometheus/api/v1/rules, which without a prefix is the metrics store's.
    ...api.map((route): StoreRoute => ({
      ...route,
      match: prefixed('/loki', route.match),
      strip: '/loki',
      why: `${route.why}; for Grafana`,
    })),
    {
      match: { shape: '^/loki/prometheus/api/v1/(?:rules|alerts)$' },
      traffic: 'query',
      access: 'watch',
      upstream: to('rules'),
      strip: '/loki',
      why: "State of the tenant's log rules and alerts, in Prometheus' form",
    },
  ];
}

function metricsRoutes(plan: Plan): readonly StoreRoute[] {
  if (plan.prometheus !== undefined) {
    const prometheus = upstream(plan, 'prometheus', 'prometheus', 'http');
    return [
      {
        match: { exact: '/api/v1/push' },
        traffic: 'push',
        access: 'push',
        upstream: prometheus,
        path: '/prometheus/api/v1/write',
        why: 'Metrics by remote write',
      },
      {
        match: { exact: '/otlp/v1/metrics' },
        traffic: 'push',
        access: 'push',
        upstream: prometheus,
        path: '/prometheus/api/v1/otlp/v1/metrics',
        why: 'Metrics over OTLP',
      },
      {
        match: { shape: `^/prometheus/api/v1/(?:${PROMETHEUS_QUERIES.join('|')})$` },
        traffic: 'query',
        access: 'query',
        upstream: prometheus,
        why: 'Queries of metrics',
      },
    ];
  }
  if (plan.mimir === undefined) return [];
  const front: Front<'push' | 'query' | 'rules' | 'alerts' | 'upload'> =
    plan.mimir.mode === 'distributed'
      ? { push: 'distributor', query: 'query-frontend', rules: 'ruler', alerts: 'alertmanager', upload: 'compactor' }
      : { push: 'monolithic', query: 'monolithic', rules: 'monolithic', alerts: 'monolithic', upload: 'monolithic' };
  const to = (duty: keyof typeof front) => upstream(plan, 'mimir', front[duty], 'http');
  return [
    {
      match: { exact: '/api/v1/push' },
      traffic: 'push',
      access: 'push',
      upstream: to('push'),
      why: 'Metrics by remote write',
    },
    {
      match: { exact: '/otlp/v1/metrics' },
      traffic: 'push',
      access: 'push',
      upstream: to('push'),
      why: 'Metrics over OTLP',
    },
    {
      match: { shape: `^/prometheus/api/v1/(?:${MIMIR_QUERIES.join('|')})$` },
      traffic: 'query',
      access: 'query',
      upstream: to('query'),
      why: 'Queries of metrics',
    },
    {
      match: { shape: '^/prometheus/api/v1/cardinality/[a-z_]+$' },
      traffic: 'query',
      access: 'inspect',
      upstream: to('query'),
      why: 'Which labels have many values',
    },
    {
      match: { shape: '^/prometheus/api/v1/(?:rules|alerts)$' },
      traffic: 'query',
      access: 'watch',
      upstream: to('rules'),
      why: "State of the tenant's rules and alerts",
    },
    {
      match: { shape: '^/prometheus/config/v1/rules(?:/.+)?$' },
      traffic: 'query',
      access: 'manage',
      upstream: to('rules'),
      why: 'Rules of the tenant: namespace and group',
    },
    {
      match: { exact: '/api/v1/alerts' },
      traffic: 'query',
      access: 'manage',
      upstream: to('alerts'),
      why: "The tenant's Alertmanager configuration",
    },
    {
      match: { shape: '^/alertmanager(?:/.*)?$' },
      traffic: 'query',
      access: 'manage',
      upstream: to('alerts'),
      why: "The tenant's Alertmanager: alerts, silences, its pages",
    },
    {
      match: { shape: '^/api/v1/upload/block/[^/]+/(?:start|files|finish|check)$' },
      traffic: 'upload',
      access: 'upload',
      upstream: to('upload'),
      why: 'Upload of old blocks, where a tenant may',
    },
  ];
}

function tempoRoutes(plan: Plan): readonly StoreRoute[] {
  if (plan.tempo === undefined) return [];
  const distributed = plan.tempo.mode === 'distributed';
  return [
    {
      match: { exact: '/otlp/v1/traces' },
      traffic: 'push',
      access: 'push',
      upstream: upstream(plan, 'tempo', distributed ? 'distributor' : 'monolithic', 'otlp-http'),
      path: '/v1/traces',
      why: 'Traces over OTLP',
    },
    {
      match: { shape: `^/tempo/api/(?:${TEMPO_QUERIES.join('|')})$` },
      traffic: 'query',
      access: 'fetch',
      upstream: upstream(plan, 'tempo', distributed ? 'query-frontend' : 'monolithic', 'http'),
      strip: '/tempo',
      why: 'Queries of traces',
    },
  ];
}

function prefixed(prefix: string, match: Match): Match {
  return 'exact' in match ? { exact: prefix + match.exact } : { shape: match.shape.replace('^', `^${prefix}`) };
}

/**
 * `host:port` of a Service that the gateway passes requests on to.
 *
 * @throws Error when the connection graph has no such edge.
 */
export function upstream(plan: Plan, component: ComponentName, role: string, portName: string): string {
  const edge = plan.connections.find(
    ({ from, to, portName: name }) =>
      from.kind === 'pods' &&
      from.component === 'gateway' &&
      to.kind === 'pods' &&
      to.component === component &&
      to.role === role &&
      name === portName,
  );
  if (edge?.service === undefined || edge.to.kind !== 'pods')
    throw new Error(
      `cluster '${plan.cluster}': the gateway has no connection to port ${portName} of ${component}-${role}`,
    );
  return `${fqdn(plan, edge.service, edge.to.namespace)}:${String(edge.port)}`;
}
