import type { Plan } from '@lgtm-fleet/plan';

/** A situation that somebody on call meets, and the page that says what to do: `docs/runbooks/<name>.md`. */
export interface Runbook {
  /** The heading of its page. */
  readonly title: string;
  /** Where it can happen at all; on every cluster unless said. */
  readonly applies?: (plan: Plan) => boolean;
}

const isHub = ({ role }: Plan): boolean => role === 'hub';
const hasMimir = ({ mimir }: Plan): boolean => mimir !== undefined;
const hasKafka = ({ kafka }: Plan): boolean => kafka !== undefined;
const hasTempo = ({ tempo }: Plan): boolean => tempo !== undefined;
const hasLiveStores = ({ tempo }: Plan): boolean => tempo?.mode === 'distributed';
const isReplicated = ({ loki, mimir }: Plan): boolean =>
  (loki?.replicationFactor ?? 1) > 1 || (mimir?.replicationFactor ?? 1) > 1;
const hasCaches = ({ loki, mimir, tempo }: Plan): boolean =>
  [loki, mimir, tempo].some((store) => (store?.caches.length ?? 0) > 0);

/** All pages, in the order of their index. Alerts and findings name them; a name never changes once it was linked. */
export const runbooks = {
  'store-down': { title: 'A store does not answer', applies: isHub },
  'ring-unhealthy': { title: 'A ring has unhealthy members', applies: isHub },
  'ring-ghost-members': { title: 'A ring has members that are no more', applies: isHub },
  'writes-failing': { title: 'Writes fail', applies: isHub },
  'writes-rate-limited': { title: 'Writes are refused: rate limit', applies: isHub },
  'writes-out-of-order': { title: 'Writes are refused: out of order or too old', applies: isHub },
  'series-limit-reached': { title: 'A tenant is at its limit of series or streams', applies: isHub },
  'cardinality-explosion': { title: 'Series multiply', applies: isHub },
  'spans-discarded': { title: 'Spans are discarded', applies: hasTempo },
  'queries-failing': { title: 'Queries fail', applies: isHub },
  'queries-slow': { title: 'Queries are slow', applies: isHub },
  'query-queue-full': { title: 'Queries wait in a full queue', applies: isHub },
  'cache-evicting': { title: 'A cache evicts what is still asked for', applies: hasCaches },
  'cache-down': { title: 'A cache does not answer', applies: hasCaches },
  'object-storage-refusing': { title: 'Object storage refuses requests', applies: isHub },
  'object-storage-slow': { title: 'Object storage is slow or full', applies: isHub },
  'compactor-stuck': { title: 'Compaction does not advance', applies: isHub },
  'bucket-index-stale': { title: 'The bucket index is old', applies: hasMimir },
  'retention-not-applied': { title: 'Old data is not deleted', applies: isHub },
  'ruler-failing': { title: 'Rules fail or are late', applies: isHub },
  'rules-not-loaded': { title: 'Rules of this repository are not in the rulers', applies: isHub },
  'notifications-failing': { title: 'Alerts do not reach anybody', applies: isHub },
  'dead-mans-switch-silent': { title: "The dead man's switch went silent", applies: isHub },
  'kafka-lag': { title: 'Consumers of Kafka fall behind', applies: hasKafka },
  'kafka-broker-down': { title: 'A broker of Kafka is down', applies: hasKafka },
  'metrics-generator-failing': { title: 'Span metrics or the service graph are missing', applies: hasTempo },
  'budget-burning': { title: 'The budget of errors burns', applies: isHub },
  'canary-missing-data': { title: 'A canary misses what it wrote', applies: isHub },
  'gateway-errors': { title: 'The gateway answers with errors', applies: isHub },
  'gateway-path-blocked': { title: 'A path of the gateway is closed', applies: isHub },
  'credential-refused': { title: 'The gateway refuses a credential' },
  'wrong-tenant': { title: 'Telemetry is at another tenant, or at none', applies: isHub },
  'collector-down': { title: 'A collector is down' },
  'collector-backlog': { title: 'A collector cannot send what it has' },
  'collector-dropping': { title: 'A collector drops what it has' },
  'scrape-failing': { title: 'A target cannot be scraped' },
  'source-failing': { title: 'A source outside gives nothing' },
  'edge-silent': { title: 'An edge cluster sends nothing' },
  'clock-skew': { title: 'Clocks differ' },
  'certificate-expiring': { title: 'A certificate ends soon, or has ended' },
  'grafana-down': { title: 'Grafana does not answer', applies: isHub },
  'grafana-data-source-failing': { title: 'A data source of Grafana fails', applies: isHub },
  'grafana-restored': { title: "Grafana's database is lost", applies: isHub },
  'argocd-out-of-sync': { title: 'An Application is out of sync' },
  'argocd-stuck': { title: 'A sync does not end' },
  'argocd-fighting': { title: 'Argo CD and somebody else change the same field' },
  'pod-crash-looping': { title: 'A container restarts again and again' },
  'pod-out-of-memory': { title: 'A container is killed for its memory' },
  'pod-unschedulable': { title: 'A pod finds no node' },
  'image-not-pulled': { title: 'An image cannot be pulled' },
  'mount-missing': { title: 'A ConfigMap or Secret that a pod needs is missing' },
  'network-policy-blocking': { title: 'A NetworkPolicy keeps components apart' },
  'service-slow': { title: 'A service is slow', applies: isHub },
  'service-failing': { title: 'A service fails', applies: isHub },
  'workload-unavailable': { title: 'A workload has fewer pods than planned' },
  'job-failed': { title: 'A Job failed' },
  'node-not-ready': { title: 'A node is not ready' },
  'node-under-pressure': { title: 'A node runs out of memory, processes or processor' },
  'node-disk-filling': { title: "A node's disk fills" },
  'wal-disk-full': { title: 'The disk of a write-ahead log is full', applies: isHub },
  'volume-filling': { title: 'A volume fills, and has to grow' },
  'scale-down-ingesters': { title: 'Fewer ingesters, without loss', applies: isReplicated },
  'scale-down-live-stores': { title: 'Fewer live-stores, without loss', applies: hasLiveStores },
  'zone-lost': { title: 'A zone is lost', applies: isReplicated },
  'rebuild-from-buckets': { title: 'The cluster is rebuilt from its buckets', applies: isHub },
  'meta-monitoring-down': { title: 'What watches the stack is down', applies: isHub },
} as const satisfies Readonly<Record<string, Runbook>>;

export type RunbookName = keyof typeof runbooks;

/** Names of the pages that a cluster gets, in the order of the index. */
export function runbooksOf(plan: Plan): readonly RunbookName[] {
  return (Object.keys(runbooks) as RunbookName[]).filter((name) => {
    const { applies }: Runbook = runbooks[name];
    return applies?.(plan) ?? true;
  });
}
