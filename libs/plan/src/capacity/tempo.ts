import type { ClusterSpec } from '@lgtm-fleet/spec';
import { bytes, formatBytes } from '@lgtm-fleet/units';
import { keepsFiles } from '../modes.ts';
import { sized, together, type RoleSize, type Sized } from '../sizing.ts';
import type { CachePlan } from '../types.ts';
import { cacheSize } from './loki.ts';

const { MI, GI } = bytes;
const DOCS = 'Tempo 3.0 docs, plan/size';
/** Spans in blocks against spans on the wire; unofficial. */
export const TRACE_COMPRESSION = 3;

export function tempoCapacity(
  cluster: ClusterSpec,
  mode: 'monolithic' | 'distributed',
  retentionSeconds: number,
): Sized {
  const rate = cluster.spec.load.traces.throughput;
  if (mode === 'distributed') return distributed(rate, cluster.spec.kubernetes.zones.length);
  const stored = keepsFiles(cluster) ? (rate * retentionSeconds * 1.3) / TRACE_COMPRESSION : 0;
  const megabytes = rate / 1e6;
  return sized('tempo', {
    role: 'monolithic',
    kind: 'StatefulSet',
    replicas: 1,
    because: 'one process, and more than one is not supported',
    source: DOCS,
    headroom: '100 %',
    milliCpu: 50 + 300 * megabytes,
    memoryBytes: 160 * MI + GI * megabytes,
    burst: 2.5,
    volumeBytes: Math.max(5 * GI, rate * 7200 * 2) + stored,
  });
}

/** One partition for every 10 MB/s of the peak, taken as twice the mean (configure-kafka). */
export function tempoPartitions(rate: number): number {
  return Math.max(3, Math.ceil((2 * rate) / 10e6), liveStores(rate));
}

export function tempoCaches(mode: 'monolithic' | 'distributed'): readonly CachePlan[] {
  return mode === 'distributed' ? [{ role: 'cache', memoryBytes: GI, maxItemBytes: 5 * MI }] : [];
}

/** Live-stores of each zone: one for every 6 MB/s of the peak, and two so that one may restart. */
function liveStores(rate: number): number {
  return Math.max(2, Math.ceil((2 * rate) / 6e6));
}

function distributed(rate: number, zones: number): Sized {
  const megabytes = rate / 1e6;
  const role = (size: Omit<RoleSize, 'source'> & { readonly source?: string }) =>
    sized('tempo', { source: DOCS, ...size });
  const says = `${formatBytes(rate)}/s, twice that at peak`;
  const distributors = Math.max(2, Math.ceil((2 * megabytes) / 10));
  const partitions = tempoPartitions(rate);
  const builders = Math.ceil(partitions / 2);
  const queriers = Math.max(2, Math.ceil(megabytes / 2));
  const spread = Math.max(1, zones);
  return together([
    role({
      role: 'distributor',
      kind: 'Deployment',
      replicas: distributors,
      maxReplicas: distributors * 3,
      because: `${says}, 10 MB/s a pod`,
      milliCpu: 2000,
      memoryBytes: 2e9,
    }),
    role({
      role: 'live-store',
      kind: 'StatefulSet',
      zones,
      replicas: liveStores(rate) * spread,
      because: `${says}, 6 MB/s a pod in each zone`,
      milliCpu: 1000,
      memoryBytes: 4e9,
      burst: 2,
      volumeBytes: Math.max(10 * GI, rate * 7200),
    }),
    role({
      role: 'block-builder',
      kind: 'StatefulSet',
      replicas: builders,
      because: `${String(partitions)} partitions, two a pod`,
      milliCpu: 500,
      memoryBytes: 5e9,
      volumeBytes: 20 * GI,
    }),
    role({
      role: 'querier',
      kind: 'Deployment',
      replicas: queriers,
      maxReplicas: queriers * 3,
      because: `${says}, 2 MB/s of the mean a pod`,
      milliCpu: 1000,
      memoryBytes: 4e9,
    }),
    role({
      role: 'query-frontend',
      kind: 'Deployment',
      replicas: 2,
      because: 'two, so that one may restart; it is made larger, not more',
      milliCpu: 500,
      memoryBytes: 4e9,
    }),
    role({
      role: 'backend-scheduler',
      kind: 'StatefulSet',
      replicas: 1,
      because: 'a singleton by design',
      milliCpu: 500,
      memoryBytes: 1e9,
      volumeBytes: 5 * GI,
    }),
    role({
      role: 'backend-worker',
      kind: 'Deployment',
      replicas: Math.max(2, Math.ceil(megabytes / 4)),
      because: 'compaction and retention jobs, 4 MB/s a pod; the count is unofficial',
      milliCpu: 500,
      memoryBytes: 2e9,
    }),
    role({
      role: 'metrics-generator',
      kind: 'StatefulSet',
      replicas: Math.max(2, Math.ceil(megabytes / 5)),
      because: 'span metrics and the service graph, 5 MB/s a pod; unofficial',
      milliCpu: 1000,
      memoryBytes: 2e9,
      volumeBytes: 10 * GI,
    }),
    ...tempoCaches('distributed').map((cache) =>
      cacheSize('tempo', cache, 2, 'own judgement (nobody published a formula)'),
    ),
  ]);
}
