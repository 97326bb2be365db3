import type { Plan } from '@lgtm-fleet/plan';
import { only } from '../../stores.ts';
import type { Alert } from '../../types.ts';

/** SeaweedFS itself: one process with one volume, which every store needs. */
export function seaweedfs(plan: Plan): readonly Alert[] {
  const at = only(plan, 'seaweedfs', 'seaweedfs');
  const disk = (type: 'all' | 'avail') =>
    `max by (cluster, name) (SeaweedFS_volumeServer_resource{${at}, type="${type}"})`;
  const requests = (code = '') => `sum by (cluster, bucket) (rate(SeaweedFS_s3_request_total{${at}${code}}[5m]))`;
  return [
    {
      alert: 'SeaweedfsDown',
      expr: `sum by (cluster, job) (up{${at}}) == 0 or label_replace(absent(up{${at}}), "cluster", "${plan.collection.clusterLabel}", "", "")`,
      for: '5m',
      severity: 'critical',
      summary: 'SeaweedFS: no pod of {{ $labels.job }} answers in {{ $labels.cluster }}',
      description:
        'No store reaches its bucket. What is written waits on the disks of ingesters, and queries of older data fail.',
      runbook: 'object-storage-refusing',
    },
    {
      alert: 'SeaweedfsErrors',
      // As of the stores' own view: the clients try again.
      expr: `${requests(', code=~"5.."')} / ${requests()} > 0.1`,
      for: '10m',
      severity: 'critical',
      summary:
        'SeaweedFS: {{ $value | humanizePercentage }} of requests to {{ $labels.bucket }} fail in {{ $labels.cluster }}',
      description: 'It answers with errors of its own. A full disk is the usual cause; its log says which part it is.',
      runbook: 'object-storage-refusing',
    },
    {
      alert: 'SeaweedfsDiskFilling',
      // It stops to write at five parts of a hundred, and deleted objects come back to the disk slowly.
      expr: `${disk('avail')} / ${disk('all')} < 0.15`,
      for: '15m',
      severity: 'warning',
      summary: 'SeaweedFS: {{ $value | humanizePercentage }} of the disk of {{ $labels.cluster }} is left',
      description: 'At a twentieth it takes no more writes. Grow the volume, or keep telemetry for a shorter time.',
      runbook: 'object-storage-slow',
    },
    {
      alert: 'SeaweedfsReadOnly',
      expr: `sum by (cluster, collection) (SeaweedFS_volumeServer_read_only_volumes{${at}, type=~"IsReadOnly|isDiskSpaceLow|noWriteOrDelete"}) > 0`,
      for: '5m',
      severity: 'critical',
      summary: 'SeaweedFS: {{ $value }} files of {{ $labels.collection }} in {{ $labels.cluster }} take no writes',
      description:
        'The disk is full, or a file of the volume is damaged. Stores cannot upload: what comes in waits on the disks of ingesters until these are full.',
      runbook: 'object-storage-slow',
    },
    {
      alert: 'SeaweedfsDiskErrors',
      expr: `sum by (cluster) (increase(SeaweedFS_volumeServer_storage_io_error_total{${at}}[15m])) > 0 or max by (cluster) (SeaweedFS_volumeServer_disk_error_status{${at}}) > 0`,
      for: '0m',
      severity: 'critical',
      summary: 'SeaweedFS: the disk of {{ $labels.cluster }} has errors',
      description:
        'Reads or writes of the volume itself fail. There is one copy of everything: save what is readable before anything else.',
      runbook: 'object-storage-refusing',
    },
  ];
}
