import { logsOfHosts, paceOf, seriesOfHosts, seriesOfSource, type ClusterSpec } from '@lgtm-fleet/spec';
import { formatBytes, formatCount, formatDuration } from '@lgtm-fleet/units';
import { CLIENT_CERTIFICATES, GRPC_CLIENT_CERTIFICATES, OTLP_GRPC } from './ports.ts';
import { OWN } from './sizing.ts';
import { sourceAccess } from './source-access.ts';
import type { Decision, IngestPlan, PushPlan } from './types.ts';

/** Prometheus' own, unless machines are read more often. */
const TIMEOUT = 10;
/** Bytes of a sample in a write-ahead log. */
const WAL_BYTES = 12;

/** What is outside, with the defaults that come from the rest of the cluster file. */
export function planIngest({ spec }: ClusterSpec): IngestPlan {
  const { ingest, load, tenants } = spec;
  const first = tenants[0]?.name ?? '';
  const access = sourceAccess(ingest.sources);
  return {
    ...(access !== undefined && { access }),
    sources: ingest.sources.map((source) => {
      const { tenant = first, job = source.name, interval: _, timeout: __, series, ...rest } = source;
      const { interval, timeout } = paceOf(source, load.metrics.scrapeInterval);
      return {
        ...rest,
        tenant,
        job,
        intervalSeconds: interval,
        timeoutSeconds: timeout,
        series: series ?? seriesOfSource(source),
      };
    }),
    senders: ingest.senders.map((sender) => ({ ...sender, ...pushOf(spec, sender) })),
    hosts: ingest.hosts.map(({ interval, buffer, traces, ...group }) => {
      const series = seriesOfHosts(group);
      return {
        ...group,
        ...pushOf(spec, group),
        intervalSeconds: interval,
        timeoutSeconds: Math.min(TIMEOUT, interval),
        bufferSeconds: buffer,
        series,
        logBytesPerSecond: logsOfHosts(group),
        traceBytesPerSecond: traces ?? 0,
        walBytes: Math.ceil((series / group.count / interval) * buffer * WAL_BYTES),
      };
    }),
  };
}

/** What is planned for machines outside. */
export function ingestDecisions({ hosts }: IngestPlan): readonly Decision[] {
  return hosts.map(({ name, count, series, logBytesPerSecond, bufferSeconds, walBytes }) => ({
    subject: `ingest.hosts.${name}`,
    value: `${formatCount(count)} ${count === 1 ? 'machine' : 'machines'}`,
    reason: `${formatCount(series)} series and ${formatBytes(logBytesPerSecond)}/s of logs together; each keeps metrics for ${formatDuration(bufferSeconds)}, about ${formatBytes(walBytes)} on its disk`,
    source: OWN,
  }));
}

/**
 * Samples a second beyond those of the load, which counts all series at one pace: of what is outside and read more
 * often than that, of one tenant or of all.
 */
export function fasterSamples({ ingest, load, tenants }: ClusterSpec['spec'], tenant?: string): number {
  const usual = load.metrics.scrapeInterval;
  const first = tenants[0]?.name;
  const parts = [
    ...ingest.sources.map((source) => ({ ...source, ...paceOf(source, usual), series: seriesOfSource(source) })),
    ...ingest.hosts.map((group) => ({ ...group, series: seriesOfHosts(group) })),
  ];
  return parts
    .filter(({ tenant: owner = first }) => tenant === undefined || owner === tenant)
    .reduce((sum, { series, interval }) => sum + Math.max(0, series / interval - series / usual), 0);
}

function pushOf(
  { tenants, exposure, kubernetes, tls }: ClusterSpec['spec'],
  { tenant: named, writer }: { readonly tenant?: string | undefined; readonly writer: string },
): PushPlan {
  const tenant = named === undefined ? tenants[0] : tenants.find(({ name }) => name === named);
  const credential = tenant?.writers.find(({ name }) => name === writer)?.credential ?? 'password';
  const { hostname: outside, grpcHostname: grpcHost } = exposure?.ingest ?? {};
  const host = outside ?? `gateway.observability.svc.${kubernetes.clusterDomain}`;
  const scheme = tls === undefined ? 'http' : 'https';
  const inside = `${scheme}://${host}:8080`;
  const certificate = credential === 'certificate';
  const grpcUrl = certificate
    ? `https://${host}:${String(GRPC_CLIENT_CERTIFICATES.port)}`
    : outside === undefined
      ? `${scheme}://${host}:${String(OTLP_GRPC.port)}`
      : grpcHost && `https://${grpcHost}:443`;
  return {
    ...(grpcUrl !== undefined && { grpcUrl }),
    tenant: tenant?.name ?? '',
    credential,
    gatewayUrl: certificate
      ? `https://${host}:${String(CLIENT_CERTIFICATES.port)}`
      : outside === undefined
        ? inside
        : `https://${host}`,
    ownAuthority: certificate || (outside === undefined && tls !== undefined),
  };
}
