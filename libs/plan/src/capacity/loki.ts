import type { ClusterSpec } from '@lgtm-fleet/spec';
import { bytes, formatBytes } from '@lgtm-fleet/units';
import { keepsFiles } from '../modes.ts';
import { sized, together, type RoleSize, type Sized } from '../sizing.ts';
import type { CachePlan, StorePlan } from '../types.ts';

const { MI, GI } = bytes;
const DOCS = 'Loki docs, setup/size (microservices, p90)';
const OPERATOR = 'Loki operator sizes (pico to medium), read as a line';
const CACHING = 'Loki docs, operations/caching';

/**
 * Counts that Loki's documentation gives for its tiers, per TB of logs a day; a role's floor keeps it
 * available through the loss of one pod.
 */
const TIERS = [
  {
    upToTb: 3,
    perTb: { ingester: 2, distributor: 4 / 3, 'index-gateway': 4 / 3, querier: 10 / 3 },
    ingesterGi: 4,
    compactorGi: 10,
  },
  {
    upToTb: Number.POSITIVE_INFINITY,
    perTb: { ingester: 3, distributor: 4 / 3, 'index-gateway': 1 / 3, querier: 10 / 3 },
    ingesterGi: 6,
    compactorGi: 20,
  },
] as const;

/** Lines on disk and in buckets against lines on the wire; measured by others between 4 and 10. */
export const LOG_COMPRESSION = 5;

export function lokiCapacity(cluster: ClusterSpec, mode: StorePlan['mode'], retentionSeconds: number): Sized {
  const rate = cluster.spec.load.logs.volume;
  const stored = (rate * retentionSeconds) / LOG_COMPRESSION;
  const files =
    keepsFiles(cluster) || cluster.spec.logs.earlierSchemas.some(({ objectStore }) => objectStore !== undefined);
  if (mode === 'monolithic') return monolithic(rate, files ? stored : 0);
  if (mode === 'highly-available') return highlyAvailable(rate);
  return distributed(rate, cluster.spec.kubernetes.zones.length);
}

export function lokiCaches(mode: StorePlan['mode']): readonly CachePlan[] {
  if (mode !== 'distributed') return [];
  return [
    { role: 'chunks-cache', memoryBytes: 4 * GI, maxItemBytes: 2 * MI },
    { role: 'results-cache', memoryBytes: GI, maxItemBytes: 5 * MI },
  ];
}

function monolithic(rate: number, storedBytes: number): Sized {
  const megabytes = rate / 1e6;
  return sized('loki', {
    role: 'monolithic',
    kind: 'StatefulSet',
    replicas: 1,
    because: 'one process does everything',
    source: OPERATOR,
    headroom: '100 %',
    milliCpu: 100 + 1000 * megabytes,
    memoryBytes: 192 * MI + 1.5 * GI * megabytes,
    burst: 2.5,
    volumeBytes: walBytes(rate) + storedBytes * 1.3,
  });
}

function highlyAvailable(rate: number): Sized {
  const megabytes = rate / 1e6;
  return together([
    sized('loki', {
      role: 'monolithic',
      kind: 'StatefulSet',
      replicas: 3,
      because: 'three copies of each line: one pod may be down',
      source: OPERATOR,
      headroom: '50 %',
      // Every replica takes all lines (replication factor 3) and a third of the queries.
      milliCpu: 300 + 1000 * megabytes,
      memoryBytes: 768 * MI + 2 * GI * megabytes,
      burst: 2,
      volumeBytes: walBytes(rate),
    }),
    sized('loki', {
      role: 'compactor',
      kind: 'StatefulSet',
      replicas: 1,
      because: 'a singleton: two compactors would delete under each other',
      source: OPERATOR,
      milliCpu: 100 + 200 * megabytes,
      memoryBytes: 384 * MI + GI * megabytes,
      burst: 2,
      volumeBytes: 10 * GI,
    }),
  ]);
}

function distributed(rate: number, zones: number): Sized {
  const tb = (rate * 86_400) / 1e12;
  const tier = TIERS.find(({ upToTb }) => tb <= upToTb) ?? TIERS[1];
  const says = `${formatBytes(rate * 86_400)} a day`;
  const count = (role: keyof typeof tier.perTb, floor: number): Pick<RoleSize, 'replicas' | 'because' | 'source'> => {
    const perTb = tier.perTb[role];
    return {
      replicas: Math.max(floor, Math.ceil(tb * perTb * 1.5)),
      because: `${says} × ${perTb.toFixed(1)} per TB a day, at least ${String(floor)}`,
      source: DOCS,
    };
  };
  const ingesters = count('ingester', 6);
  const zoned = Math.ceil(ingesters.replicas / Math.max(1, zones)) * Math.max(1, zones);
  const queriers = count('querier', 3);
  const distributors = count('distributor', 3);
  const role = (size: RoleSize) => sized('loki', { headroom: '50 %', ...size });
  return together([
    role({
      role: 'distributor',
      kind: 'Deployment',
      ...distributors,
      maxReplicas: distributors.replicas * 3,
      milliCpu: 1000,
      memoryBytes: 512 * MI,
      burst: 2,
    }),
    role({
      role: 'ingester',
      kind: 'StatefulSet',
      ...ingesters,
      zones,
      milliCpu: 2000,
      memoryBytes: tier.ingesterGi * GI,
      volumeBytes: walBytes((rate * 3) / zoned),
    }),
    role({
      role: 'querier',
      kind: 'Deployment',
      ...queriers,
      maxReplicas: queriers.replicas * 4,
      milliCpu: 1000,
      memoryBytes: GI,
      burst: 2,
    }),
    role({
      role: 'query-frontend',
      kind: 'Deployment',
      replicas: 2,
      because: 'two, so that one may restart; it scales by splitting, not by number',
      source: DOCS,
      milliCpu: 500,
      memoryBytes: GI,
      burst: 2,
    }),
    role({
      role: 'query-scheduler',
      kind: 'Deployment',
      replicas: 2,
      because: 'two, so that one may restart',
      source: DOCS,
      milliCpu: 250,
      memoryBytes: 256 * MI,
      burst: 2,
    }),
    role({
      role: 'index-gateway',
      kind: 'StatefulSet',
      ...count('index-gateway', 2),
      milliCpu: 500,
      memoryBytes: 2 * GI,
      volumeBytes: 20 * GI,
    }),
    role({
      role: 'compactor',
      kind: 'StatefulSet',
      replicas: 1,
      because: 'a singleton: two compactors would delete under each other',
      source: DOCS,
      milliCpu: 1000,
      memoryBytes: Math.min(tier.compactorGi, 2 + 8 * tb) * GI,
      burst: 2,
      volumeBytes: 50 * GI,
    }),
    role({
      role: 'ruler',
      kind: 'Deployment',
      replicas: 2,
      because: 'two share the rules over a ring',
      source: OPERATOR,
      milliCpu: 250,
      memoryBytes: 512 * MI,
      burst: 2,
    }),
    ...lokiCaches('distributed').map((cache) => cacheSize('loki', cache, 3, CACHING)),
  ]);
}

/** A memcached: what `-m` may take, and a fifth more for connections and fragments. */
export function cacheSize(
  component: 'loki' | 'mimir' | 'tempo',
  cache: CachePlan,
  replicas: number,
  source: string,
): Sized {
  return sized(component, {
    role: cache.role,
    kind: 'StatefulSet',
    replicas,
    because:
      replicas === 1
        ? 'a cache may be lost'
        : `${String(replicas)}, so that a lost one costs only its part of the hits`,
    source,
    headroom: '20 %',
    milliCpu: 250,
    memoryBytes: cache.memoryBytes * 1.2,
    burst: 1,
  });
}

/** What the write-ahead log may grow to: two hours of chunks not yet flushed, three times over for slow object storage. */
function walBytes(rate: number): number {
  return Math.max(10 * GI, rate * 7200 * 3);
}
