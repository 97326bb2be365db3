import type { ClusterSpec } from '@lgtm-fleet/spec';
import { bytes, formatCount } from '@lgtm-fleet/units';
import { sized, type Sized } from '../sizing.ts';
import { metricsLoad } from './mimir.ts';

const { MI, GI } = bytes;
/** Bytes a sample takes on disk (Prometheus docs, storage: one to two). */
const SAMPLE_BYTES = 2;
/** Memory a series in the head takes, its labels and chunks included; measured by others between 2 and 8 KiB. */
const SERIES_BYTES = 3 * 1024;

export function prometheusCapacity(cluster: ClusterSpec, retentionSeconds: number): Sized {
  const { series, samplesPerSecond } = metricsLoad(cluster);
  return sized('prometheus', {
    role: 'prometheus',
    kind: 'StatefulSet',
    replicas: 1,
    because: `${formatCount(series)} series in one head`,
    source: 'Prometheus docs, storage; memory unofficial',
    headroom: '100 %',
    milliCpu: 50 + samplesPerSecond / 20,
    memoryBytes: 96 * MI + series * SERIES_BYTES,
    burst: 2.5,
    volumeBytes: samplesPerSecond * retentionSeconds * SAMPLE_BYTES * 1.3 + 2 * GI,
  });
}
