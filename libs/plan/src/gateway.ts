import type { ClusterSpec } from '@lgtm-fleet/spec';
import { nodesOf } from './modes.ts';
import { CLIENT_CERTIFICATES } from './ports.ts';
import { OWN } from './sizing.ts';
import type { CollectionPlan, Decision, GatewayPlan, TenantPlan } from './types.ts';

/** What one push carries at least, where senders batch as collectors do. */
const SAMPLES_PER_PUSH = 500;
const BYTES_PER_PUSH = 50_000;
/** Each node pushes metrics, logs and traces by itself. */
const PUSHES_PER_NODE = 3;
/** A machine outside sends a batch of each signal every five seconds: metrics, logs, and three of them over OTLP. */
const PUSHES_PER_MACHINE = { usual: 0.4, otlp: 1 } as const;
/** A panel asks several things at once, and a dashboard has many panels. */
const REQUESTS_PER_QUERY = 20;
/** After an outage, collectors send what waited as fast as they may. */
const CATCHING_UP = 10;
const LEAST = 200;
/** nginx takes 4096 connections in each of two workers, and a request has one on either side. */
const CONNECTIONS = 1024;

/**
 * How much one credential may ask of a pod of the gateway. Far above what a tenant within its limits sends, since the
 * stores have limits of their own on what is in the requests: this one is against floods of requests.
 */
export function gatewayLimits(cluster: ClusterSpec): GatewayPlan {
  const requestsPerSecond = Math.max(LEAST, Math.ceil((usual(cluster) * CATCHING_UP) / 100) * 100);
  return { requestsPerSecond, burst: 2 * requestsPerSecond, connections: CONNECTIONS };
}

export function gatewayDecisions(cluster: ClusterSpec): readonly Decision[] {
  const { requestsPerSecond, connections } = gatewayLimits(cluster);
  return [
    {
      subject: 'gateway.limits.requests',
      value: `${String(requestsPerSecond)}/s`,
      reason: `for each credential and pod; all senders and readers make about ${usual(cluster).toFixed(0)} a second, and ten times as many when they catch up`,
      source: OWN,
    },
    {
      subject: 'gateway.limits.connections',
      value: String(connections),
      reason: 'requests under way, for each credential and pod: a quarter of what a pod can hold',
      source: OWN,
    },
  ];
}

function usual(cluster: ClusterSpec): number {
  const { metrics, logs, traces, queries } = cluster.spec.load;
  const machines = cluster.spec.ingest.hosts.reduce(
    (sum, { count, otlp }) => sum + count * PUSHES_PER_MACHINE[otlp ? 'otlp' : 'usual'],
    0,
  );
  return (
    metrics.activeSeries / metrics.scrapeInterval / SAMPLES_PER_PUSH +
    (logs.volume + traces.throughput) / BYTES_PER_PUSH +
    nodesOf(cluster) * PUSHES_PER_NODE +
    machines +
    queries * REQUESTS_PER_QUERY
  );
}

/** Where collectors push; tenants with client certificates go beside the way that ends the TLS of all others. */
export function gatewayUrls(
  { spec }: ClusterSpec,
  tenants: readonly TenantPlan[],
  hubHost: string | undefined,
): Pick<CollectionPlan, 'gatewayUrl' | 'certificateUrl'> {
  const own = `gateway.observability.svc.${spec.kubernetes.clusterDomain}`;
  const certificates = tenants.some(({ credential }) => credential === 'certificate');
  return {
    gatewayUrl:
      hubHost === undefined ? `${spec.tls === undefined ? 'http' : 'https'}://${own}:8080` : `https://${hubHost}`,
    ...(certificates && { certificateUrl: `https://${hubHost ?? own}:${String(CLIENT_CERTIFICATES.port)}` }),
  };
}
