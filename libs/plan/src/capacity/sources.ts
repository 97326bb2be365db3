import { bytes, formatCount } from '@lgtm-fleet/units';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { nodesOf } from '../modes.ts';
import { sized, type Sized } from '../sizing.ts';
import type { SourcePlan } from '../types.ts';

const { MI, GI } = bytes;
const ALLOY = 'Alloy docs, estimate-resource-usage';
/** Series of one pod: beyond it a restart takes minutes to fill its caches again. */
const SERIES_OF_POD = 500_000;
/** Bytes of a sample in the write-ahead log, of which two hours are kept. */
const WAL_BYTES = 12;
const WAL_SECONDS = 2 * 3600;

/** The collector of what is outside: 0.4 CPU and 11 GiB for each million series; nothing where there is no source. */
export function sourcesCapacity(cluster: ClusterSpec, sources: readonly SourcePlan[]): readonly Sized[] {
  if (sources.length === 0) return [];
  const series = sources.reduce((sum, source) => sum + source.series, 0);
  const rate = sources.reduce((sum, source) => sum + source.series / source.intervalSeconds, 0);
  const replicas = Math.max(nodesOf(cluster) >= 3 ? 2 : 1, Math.ceil(series / SERIES_OF_POD));
  // Where there are several, each takes over from one that is gone.
  const share = replicas > 1 ? 1 / (replicas - 1) : 1;
  return [
    sized('alloy-sources', {
      role: 'alloy-sources',
      kind: 'StatefulSet',
      replicas,
      because: `${formatCount(series)} series of ${String(sources.length)} ${sources.length === 1 ? 'source' : 'sources'}${replicas > 1 ? '; the others go on without any one' : ''}`,
      source: ALLOY,
      headroom: '50 %; starting up takes more than running',
      milliCpu: 50 + ((400 * series) / 1e6) * share,
      memoryBytes: 128 * MI + ((11 * GI * series) / 1e6) * share,
      burst: 2.5,
      volumeBytes: GI + rate * WAL_BYTES * WAL_SECONDS * share,
    }),
  ];
}
