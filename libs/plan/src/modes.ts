import type { ClusterSpec } from '@lgtm-fleet/spec';
import { formatBytes, formatCount } from '@lgtm-fleet/units';
import { OWN } from './sizing.ts';
import type { Decision, StorePlan } from './types.ts';

type StoreMode = StorePlan['mode'];

export interface Modes {
  readonly metricsStore: 'prometheus' | 'mimir';
  readonly mimir: StoreMode;
  readonly loki: StoreMode;
  readonly tempo: 'monolithic' | 'distributed';
  readonly decisions: readonly Decision[];
}

/** Loki's documentation calls one process enough up to about 20 GB a day; three of them carry some more. */
const LOKI_DISTRIBUTED_FROM = 100e9 / 86_400;
/** Mimir's smallest published sizing, for about 1 M series, is a distributed one. */
const MIMIR_DISTRIBUTED_FROM = 1_000_000;
/** Tempo 3 in one process is published as good for 25 to 35 MB/s. */
const TEMPO_DISTRIBUTED_FROM = 25e6;
/** From here on a zone's loss is worth Kafka: a single Tempo goes down with the zone it is in. */
const TEMPO_ZONES_FROM = 2e6;

/** Files on a volume can have one writer only. */
export function keepsFiles(cluster: ClusterSpec): boolean {
  const { objectStorage } = cluster.spec;
  return objectStorage === undefined || objectStorage.filesystem !== undefined;
}

export function nodesOf(cluster: ClusterSpec): number {
  return cluster.spec.kubernetes.nodes ?? Math.max(1, cluster.spec.kubernetes.zones.length);
}

/** How each store runs; the spec's own word goes before every threshold. */
export function chooseModes(cluster: ClusterSpec): Modes {
  const { spec } = cluster;
  const files = keepsFiles(cluster);
  const many = !files && nodesOf(cluster) >= 3;
  const one = files
    ? 'objects are files of one volume, so one replica'
    : `${String(nodesOf(cluster))} node(s) cannot keep three copies apart`;
  const metricsStore = spec.metrics.store ?? (files ? 'prometheus' : 'mimir');
  const series = spec.load.metrics.activeSeries;
  const logs = spec.load.logs.volume;
  const traces = spec.load.traces.throughput;
  const zones = spec.kubernetes.zones.length;

  const decisions: Decision[] = [
    {
      subject: 'metrics.store',
      value: metricsStore,
      reason:
        spec.metrics.store !== undefined
          ? 'the spec says so'
          : files
            ? 'objects are files: Prometheus needs the least'
            : 'object storage is there, so metrics can outlive their volumes',
      source: OWN,
    },
  ];
  const choose = <Mode extends StoreMode>(
    subject: string,
    said: Mode | undefined,
    derived: readonly [Mode, string],
    source: string,
  ): Mode => {
    const [mode, reason]: readonly [Mode, string] = said === undefined ? derived : [said, 'the spec says so'];
    decisions.push({ subject: `${subject}.mode`, value: mode, reason, source });
    return mode;
  };

  const ingestStorage = spec.metrics.architecture === 'ingest-storage';
  const mimir = choose<StoreMode>(
    'mimir',
    spec.metrics.mode,
    !many
      ? ['monolithic', one]
      : series >= MIMIR_DISTRIBUTED_FROM || ingestStorage
        ? [
            'distributed',
            ingestStorage
              ? 'ingest storage exists in distributed mode only'
              : `${formatCount(series)} series are past ${formatCount(MIMIR_DISTRIBUTED_FROM)}`,
          ]
        : [
            'highly-available',
            `${formatCount(series)} series fit three processes, below ${formatCount(MIMIR_DISTRIBUTED_FROM)}`,
          ],
    'Mimir planning-capacity; threshold from its smallest published sizing',
  );
  const loki = choose<StoreMode>(
    'loki',
    spec.logs.mode,
    !many
      ? ['monolithic', one]
      : logs >= LOKI_DISTRIBUTED_FROM
        ? ['distributed', `${formatBytes(logs * 86_400)} a day are past ${formatBytes(LOKI_DISTRIBUTED_FROM * 86_400)}`]
        : ['highly-available', `${formatBytes(logs * 86_400)} a day fit three processes`],
    'Loki deployment modes; threshold unofficial',
  );
  const tempo = choose<'monolithic' | 'distributed'>(
    'tempo',
    spec.traces.mode,
    !many
      ? ['monolithic', one]
      : traces >= TEMPO_DISTRIBUTED_FROM
        ? ['distributed', `${formatBytes(traces)}/s are past what one process takes`]
        : traces >= TEMPO_ZONES_FROM && zones >= 3
          ? ['distributed', `${formatBytes(traces)}/s should outlive the zone of a single process`]
          : ['monolithic', `${formatBytes(traces)}/s fit one process, and it needs no Kafka`],
    'Tempo 3.0 plan/size (25–35 MB/s for one process); zone threshold unofficial',
  );
  return {
    metricsStore,
    mimir,
    loki,
    tempo,
    decisions:
      metricsStore === 'prometheus' ? decisions.filter((decision) => decision.subject !== 'mimir.mode') : decisions,
  };
}
