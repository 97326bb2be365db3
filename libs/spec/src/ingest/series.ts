import type { HostGroup } from './senders.ts';
import type { Source, SourceKind } from './sources.ts';

/**
 * Series of one target, by kind, where nobody said: what these exporters give of a small installation, rounded up.
 * Own counts; a node_exporter gives about 1,000 and most applications less.
 */
const OF_ONE: Readonly<Record<SourceKind, number>> = {
  static: 1000,
  dns: 1000,
  http: 1000,
  consul: 1000,
  ec2: 1000,
  azure: 1000,
  gce: 1000,
  blackbox: 30,
  snmp: 1500,
  postgresql: 1000,
  mysql: 1500,
  redis: 300,
  kafka: 3000,
  mongodb: 1500,
  elasticsearch: 2000,
  cloudwatch: 500,
  azureMonitor: 500,
  gcp: 500,
};

/** How many targets are expected of a list that somebody else keeps. */
const DISCOVERED = 10;

/** The kind of a source that has exactly one. */
export function kindOf(source: Source): SourceKind | undefined {
  return (Object.keys(OF_ONE) as SourceKind[]).find((kind) => source[kind] !== undefined);
}

/** Targets that a source names, or how many are expected of its list. */
export function targetsOf(source: Source): number {
  const { static: fixed, blackbox, snmp, postgresql, mysql, mongodb, redis, cloudwatch, azureMonitor, gcp } = source;
  if (fixed !== undefined) return fixed.targets.length;
  if (blackbox !== undefined)
    return (
      (blackbox.http?.urls.length ?? 0) +
      (blackbox.tcp?.addresses.length ?? 0) +
      (blackbox.icmp?.hosts.length ?? 0) +
      (blackbox.dns?.servers.length ?? 0)
    );
  if (snmp !== undefined) return snmp.devices.length;
  const databases = postgresql ?? mysql ?? mongodb ?? redis;
  if (databases !== undefined) return databases.servers.length;
  if (cloudwatch !== undefined)
    return cloudwatch.services
      .flatMap(({ metrics }) => metrics)
      .reduce((sum, { statistics }) => sum + statistics.length, 0);
  if (azureMonitor !== undefined) return azureMonitor.metrics.length;
  if (gcp !== undefined) return gcp.metricPrefixes.length;
  const { dns, http, consul, ec2, azure, gce } = source;
  return [dns, http, consul, ec2, azure, gce].some((found) => found !== undefined) ? DISCOVERED : 1;
}

/** Series that a source gives: as said, or the estimate for its kind and targets, never more than its limit lets through. */
export function seriesOf(source: Source): number {
  if (source.series !== undefined) return source.series;
  const kind = kindOf(source);
  if (kind === undefined) return 0;
  return targetsOf(source) * Math.min(OF_ONE[kind], source.limits.samples ?? Infinity);
}

/** What a series of a scrape outside may have, unless said; its name and `job` are labels as well. */
export const LABEL_LIMITS = { labels: 40, labelNameLength: 256, labelValueLength: 2048 } as const;

/** Series of one machine of a group: what the exporter of its system gives. */
const SERIES_OF_HOST = { linux: 1000, windows: 1500 } as const;
/** Bytes of log lines of one machine in a second, about 9 MB a day: what a server without much to say writes. Own count. */
const LOGS_OF_HOST = 100;

/** Series that all machines of a group give, as said or estimated. */
export function seriesOfHosts({ series, count, os }: Pick<HostGroup, 'series' | 'count' | 'os'>): number {
  return series ?? count * SERIES_OF_HOST[os];
}

/** Bytes of log lines in a second that all machines of a group give, as said or estimated. */
export function logsOfHosts({ logs, count }: Pick<HostGroup, 'logs' | 'count'>): number {
  return logs ?? count * LOGS_OF_HOST;
}
