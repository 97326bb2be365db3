import type { ClusterSpec } from '@lgtm-fleet/spec';
import { bytes, formatCount } from '@lgtm-fleet/units';
import { fasterSamples } from '../ingest.ts';
import { keepsFiles } from '../modes.ts';
import { sized, together, type RoleSize, type Sized } from '../sizing.ts';
import type { CachePlan, StorePlan } from '../types.ts';
import { cacheSize } from './loki.ts';

const { MI, GI } = bytes;
const DOCS = 'Mimir docs, planning-capacity';
const PRESET = 'Mimir small.yaml preset, floor';
/** Published formulas get half as much again on memory and disk, as their own page advises. */
const HEADROOM = 1.5;
const RF = 3;

/** Bytes that a compacted sample takes in a block, index included (Mimir docs, planning-capacity). */
export const SAMPLE_BYTES = 2;

export interface MetricsLoad {
  readonly series: number;
  readonly samplesPerSecond: number;
  readonly queriesPerSecond: number;
}

export function metricsLoad(cluster: ClusterSpec): MetricsLoad {
  const { metrics, queries } = cluster.spec.load;
  return {
    series: metrics.activeSeries,
    samplesPerSecond: metrics.activeSeries / metrics.scrapeInterval + fasterSamples(cluster.spec),
    queriesPerSecond: queries,
  };
}

export function mimirCapacity(cluster: ClusterSpec, mode: StorePlan['mode'], retentionSeconds: number): Sized {
  const load = metricsLoad(cluster);
  if (mode === 'distributed') return distributed(load, cluster.spec.kubernetes.zones.length, retentionSeconds);
  return oneProcess(
    load,
    mode === 'highly-available' ? 3 : 1,
    keepsFiles(cluster) ? load.samplesPerSecond * SAMPLE_BYTES * retentionSeconds : 0,
  );
}

export function mimirCaches(mode: StorePlan['mode'], series: number): readonly CachePlan[] {
  if (mode !== 'distributed') return [];
  const chunks = Math.min(8 * GI, Math.max(GI, (series / 1e6) * GI));
  return [
    { role: 'chunks-cache', memoryBytes: chunks, maxItemBytes: MI },
    { role: 'index-cache', memoryBytes: 2 * GI, maxItemBytes: 5 * MI },
    { role: 'metadata-cache', memoryBytes: 512 * MI, maxItemBytes: MI },
    { role: 'results-cache', memoryBytes: GI, maxItemBytes: 5 * MI },
  ];
}

/** The sum of all roles' formulas, shared by the replicas (planning-capacity, monolithic). */
function oneProcess(load: MetricsLoad, replicas: number, storedBytes: number): Sized {
  const copies = replicas === 1 ? 1 : RF;
  const inMemory = load.series * copies;
  const cores = load.samplesPerSecond / 25_000 + inMemory / 300_000 + load.queriesPerSecond / 10;
  const gigabytes = load.samplesPerSecond / 25_000 + (2.5 * inMemory) / 300_000 + load.queriesPerSecond / 10;
  return sized('mimir', {
    role: 'monolithic',
    kind: 'StatefulSet',
    replicas,
    because: replicas === 1 ? 'one process does everything' : 'three copies of each sample: one pod may be down',
    source: DOCS,
    headroom: '50 %',
    milliCpu: (1000 * cores) / replicas,
    memoryBytes: 384 * MI + (gigabytes * 1e9 * HEADROOM) / replicas,
    volumeBytes: (5e9 * HEADROOM * inMemory) / 300_000 / replicas + 10 * GI + storedBytes * 1.3,
  });
}

function distributed(load: MetricsLoad, zones: number, retentionSeconds: number): Sized {
  const { series, samplesPerSecond, queriesPerSecond } = load;
  const role = (size: Omit<RoleSize, 'source'> & { readonly source?: string }) =>
    sized('mimir', { source: DOCS, headroom: '50 %', ...size });
  const samples = `${formatCount(samplesPerSecond)} samples/s`;

  const distributors = Math.max(3, Math.ceil((samplesPerSecond * HEADROOM) / 2 / 25_000));
  const inMemory = series * RF;
  // A pod of about 1.2 M series in memory restarts in minutes and fits a common node.
  const perZone = Math.max(1, zones);
  const ingesters = Math.max(3, Math.ceil(inMemory / 1_200_000 / perZone) * perZone);
  const perIngester = inMemory / ingesters;
  const queriers = Math.max(2, Math.ceil((queriesPerSecond * HEADROOM) / 2 / 10));
  const stores = Math.max(3, Math.ceil((queriesPerSecond * 0.1) / 10 / perZone) * perZone);
  const indexDisk = 13e9 * (series / 1e6) * (retentionSeconds / (365 * 86_400)) * HEADROOM;
  const compactors = Math.max(1, Math.ceil(series / 20e6));

  return together([
    role({
      role: 'distributor',
      kind: 'Deployment',
      replicas: distributors,
      maxReplicas: distributors * 3,
      because: `${samples}, 25k a core and two cores a pod`,
      milliCpu: 2000,
      memoryBytes: 2e9,
    }),
    role({
      role: 'ingester',
      kind: 'StatefulSet',
      zones,
      replicas: ingesters,
      because: `${formatCount(series)} series × ${String(RF)} copies, about 1.2M in memory a pod`,
      milliCpu: (1000 * perIngester) / 300_000,
      memoryBytes: (2.5e9 * HEADROOM * perIngester) / 300_000,
      burst: 1.25,
      volumeBytes: Math.max(20 * GI, (5e9 * HEADROOM * 2 * perIngester) / 300_000),
    }),
    role({
      role: 'querier',
      kind: 'Deployment',
      replicas: queriers,
      maxReplicas: queriers * 4,
      because: `${formatCount(queriesPerSecond)} queries/s, 10 a core and two cores a pod`,
      milliCpu: 2000,
      memoryBytes: 3e9,
    }),
    role({
      role: 'query-frontend',
      kind: 'Deployment',
      replicas: 2,
      maxReplicas: 4,
      because: 'two, so that one may restart; 250 queries/s a core',
      milliCpu: Math.max(250, (1000 * queriesPerSecond) / 250),
      memoryBytes: 1e9,
    }),
    role({
      role: 'query-scheduler',
      kind: 'Deployment',
      replicas: 2,
      because: 'two, so that one may restart; 500 queries/s a core',
      milliCpu: Math.max(100, (1000 * queriesPerSecond) / 500),
      memoryBytes: 256 * MI,
    }),
    role({
      role: 'store-gateway',
      kind: 'StatefulSet',
      zones,
      replicas: stores,
      because: `a tenth of the queries reach blocks, ${String(RF)} copies of each`,
      milliCpu: 1000,
      memoryBytes: Math.max(2 * GI, (4e9 * series) / 3e6),
      volumeBytes: Math.max(10 * GI, indexDisk / stores),
    }),
    role({
      role: 'compactor',
      kind: 'StatefulSet',
      replicas: compactors,
      because: `${formatCount(series)} series, 20M a compactor`,
      milliCpu: 1000,
      memoryBytes: 4e9,
      volumeBytes: Math.max(50 * GI, Math.min(300e9, 100e9 * (series / 1e6))),
    }),
    role({
      role: 'ruler',
      kind: 'Deployment',
      replicas: 2,
      because: 'two share the rules over a ring',
      source: PRESET,
      milliCpu: 500,
      memoryBytes: GI,
    }),
    role({
      role: 'alertmanager',
      kind: 'StatefulSet',
      replicas: 3,
      because: 'three copies of silences and of what was sent',
      milliCpu: 100,
      memoryBytes: 256 * MI,
      volumeBytes: GI,
    }),
    role({
      role: 'overrides-exporter',
      kind: 'Deployment',
      replicas: 1,
      because: 'it only exposes limits as metrics',
      source: PRESET,
      milliCpu: 50,
      memoryBytes: 64 * MI,
      burst: 2,
    }),
    ...mimirCaches('distributed', series).map((cache) =>
      cacheSize(
        'mimir',
        cache,
        cache.role === 'metadata-cache' ? 1 : 2,
        `${DOCS}: one cluster for each cache, grown until evictions end`,
      ),
    ),
  ]);
}
