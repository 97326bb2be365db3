import type { Alert } from '../../types.ts';

const WHERE = '{{ $labels.mountpoint }} of node {{ $labels.instance }} of {{ $labels.cluster }}';
const BY = 'max by (cluster, instance, device, mountpoint)';

/** File systems of the nodes themselves; those of claims are the family `volumes`. */
export function disks(exporter: string): readonly Alert[] {
  const writable = `${BY} (node_filesystem_readonly{${exporter}}) == 0`;
  const left = share(exporter, 'node_filesystem_avail_bytes', 'node_filesystem_size_bytes');
  const files = share(exporter, 'node_filesystem_files_free', 'node_filesystem_files');
  return [
    {
      alert: 'NodeDiskFilling',
      // From 15 % on the kubelet deletes images, so a disk that stays above it is one that works as it should.
      expr: [
        `${left} < 0.15 and ${BY} (predict_linear(node_filesystem_avail_bytes{${exporter}}[6h], 86400)) < 0`,
        `and ${writable}`,
      ].join(' '),
      // The line of six hours is nearly the same for an hour: who just copied something has been forgotten.
      for: '1h',
      severity: 'warning',
      summary: `${WHERE} will be full within a day`,
      description:
        'It has {{ $value | humanizePercentage }} left and has lost it steadily for six hours. From 10 % on the kubelet ends pods for it.',
      runbook: 'node-disk-filling',
    },
    {
      alert: 'NodeDiskAlmostFull',
      // At 10 % the kubelet ends pods (nodefs.available); its own cleaning has not helped by then.
      expr: `${left} < 0.1 and ${writable}`,
      for: '10m',
      severity: 'critical',
      summary: `${WHERE} has {{ $value | humanizePercentage }} left`,
      description:
        'The kubelet ends pods that write to it. Collectors keep their queues there, and containers their logs and temporary files.',
      runbook: 'node-disk-filling',
    },
    {
      alert: 'NodeFilesFew',
      // At 5 % the kubelet ends pods (nodefs.inodesFree).
      expr: `${files} < 0.08 and ${writable}`,
      for: '15m',
      severity: 'warning',
      summary: `${WHERE} can take {{ $value | humanizePercentage }} of its files`,
      description: 'Many small files use up its inodes; after that nothing can be written, however much room there is.',
      runbook: 'node-disk-filling',
    },
    {
      alert: 'NodeFilesystemReadOnly',
      // Some are meant to be; one that could be written within the last day is not. It is told of for that day.
      expr: `${BY} (node_filesystem_readonly{${exporter}}) == 1 and ${BY} (min_over_time(node_filesystem_readonly{${exporter}}[1d])) == 0`,
      for: '5m',
      severity: 'critical',
      summary: `${WHERE} can no longer be written`,
      description:
        'The kernel stopped writing because the disk or its file system has a fault. Pods there fail, whatever their probes say.',
      runbook: 'node-disk-filling',
    },
  ];
}

function share(exporter: string, left: string, all: string): string {
  return `${BY} (${left}{${exporter}} / (${all}{${exporter}} > 0))`;
}
