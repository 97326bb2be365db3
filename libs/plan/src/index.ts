export { accountOf, accountsOf, type AccessRule, type Account } from './access.ts';
export { isOnNodeNetwork, namespaceOf, serviceOf } from './connections/endpoints.ts';
export {
  isAddress,
  openPorts,
  rangeOf,
  reachOf,
  transportsOf,
  type AddressRange,
  type Reach,
  type Transport,
} from './connections/reach.ts';
export { bucketsInUse } from './buckets.ts';
export { serverName } from './certificates.ts';
export { encryptionOf, PLAIN, plainParts, plainReason } from './encryption.ts';
export { federated } from './credentials.ts';
export { plan } from './plan.ts';
export type { Fleet } from './plan.ts';
export { CLIENT_CERTIFICATES, GRPC_CLIENT_CERTIFICATES, OTLP_GRPC } from './ports.ts';
export { credentialKeys } from './secrets.ts';
export { OWN } from './sizing.ts';
export { addressOf, secretFilesOf } from './notifications.ts';
export { META_RETENTION_SECONDS } from './capacity/meta-monitoring.ts';
export type * from './types.ts';
export { dataSourceUid, PROFILES_UID, stackTenant, type DataSourceSignal } from './data-sources.ts';
export { jobOf, objectNames, workloadOf } from './workloads.ts';
