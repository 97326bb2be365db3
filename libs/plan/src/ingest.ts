import { paceOf, seriesOfSource, type ClusterSpec } from '@lgtm-fleet/spec';
import { CLIENT_CERTIFICATES } from './ports.ts';
import { sourceAccess } from './source-access.ts';
import type { IngestPlan } from './types.ts';

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
    hosts: ingest.hosts.map((group) => ({ ...group, ...pushOf(spec, group) })),
  };
}

function pushOf(
  { tenants, exposure, kubernetes, tls }: ClusterSpec['spec'],
  { tenant: named, writer }: { readonly tenant?: string | undefined; readonly writer: string },
) {
  const tenant = named === undefined ? tenants[0] : tenants.find(({ name }) => name === named);
  const credential = tenant?.writers.find(({ name }) => name === writer)?.credential ?? 'password';
  const outside = exposure?.ingest?.hostname;
  const host = outside ?? `gateway.observability.svc.${kubernetes.clusterDomain}`;
  const plain = outside === undefined && tls === undefined ? `http://${host}:8080` : `https://${host}`;
  const inside = outside === undefined && tls !== undefined ? `https://${host}:8080` : plain;
  return {
    tenant: tenant?.name ?? '',
    credential,
    gatewayUrl: credential === 'certificate' ? `https://${host}:${String(CLIENT_CERTIFICATES.port)}` : inside,
  };
}
