export { bucketNames, bucketSpace } from './buckets.ts';
export { has, scalarAt, spanOfKey, spanOfValue } from './locate.ts';
export { BURST, derivedLimit, RATE_BURST, sharesOf } from './limits.ts';
export { secretsOf } from './ingest/secrets.ts';
export { hasDiscovery } from './ingest/cloudwatch.ts';
export { paceOf, secondsOf } from './ingest/pace.ts';
export {
  kindOf,
  LABEL_LIMITS,
  logsOfHosts,
  seriesOf as seriesOfSource,
  seriesOfHosts,
  targetsOf,
} from './ingest/series.ts';
export type { SecretKey } from './ingest/references.ts';
export type { RelabelRule } from './ingest/relabel.ts';
export { snmpModules } from './ingest/snmp-modules.ts';
export { mysqlCollectors } from './ingest/mysql-collectors.ts';
export { sourceKinds, type SourceKind } from './ingest/sources.ts';
export { OWN_NAMESPACES, UNTENANTED, WATCHER } from './reserved.ts';
export { receiverKinds, severities, type Receiver, type SeverityRoutes } from './notifications/notifications.ts';
export { secretsOfReceiver } from './notifications/secrets.ts';
export { metricsStoreOf } from './tenant-stores.ts';
export { checkFleet } from './fleet.ts';
export { clusterJsonSchema } from './json-schema.ts';
export { parse } from './parse.ts';
export type { Parsed, ParsedCluster } from './parse.ts';
export { decode, lossy, MAX_BYTES, tooLarge } from './decode.ts';
export type { SourceFile } from './source.ts';
export { clusterSchema, defaultRetention, SCRAPE_SECONDS } from './schema.ts';
export type { ClusterSpec } from './schema.ts';
