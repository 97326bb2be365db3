import type { ClusterSpec } from '@lgtm-fleet/spec';
import { bytes, formatCount } from '@lgtm-fleet/units';
import { OWN, sized, type Sized } from '../sizing.ts';

const { MI, GI } = bytes;

/** Long enough for a weekend, over which nobody looked. */
export const META_RETENTION_SECONDS = 3 * 86_400;

/** Series that a pod of the stack tells, without the buckets of its histograms, which are two thirds of them. */
const SERIES_PER_POD = 1000;
/** As in a Prometheus that stores metrics, whose series these are like. */
const SERIES_BYTES = 3 * 1024;
const SAMPLE_BYTES = 2;

/** The Prometheus that watches the stores, by the number of pods that it scrapes. */
export function metaMonitoringCapacity({ spec }: ClusterSpec, pods: number): Sized {
  const series = pods * SERIES_PER_POD;
  const samplesPerSecond = series / spec.load.metrics.scrapeInterval;
  return sized('meta-monitoring', {
    role: 'meta-monitoring',
    kind: 'StatefulSet',
    replicas: 1,
    because: `${formatCount(series)} series of ${String(pods)} pods; two would alert twice`,
    source: `Prometheus docs, storage; series a pod: ${OWN}`,
    headroom: '100 %',
    milliCpu: 20 + samplesPerSecond / 20,
    memoryBytes: 64 * MI + series * SERIES_BYTES,
    burst: 2.5,
    volumeBytes: samplesPerSecond * META_RETENTION_SECONDS * SAMPLE_BYTES * 1.3 + GI,
  });
}
