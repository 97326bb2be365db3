import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import type { Row } from '../../../types.ts';
import { OF } from './selectors.ts';

export const disks: Row = {
  title: 'Disks',
  tiles: [
    graph(
      'File systems in use',
      'percentunit',
      [
        promql(
          `max by (instance, mountpoint) (1 - node_filesystem_avail_bytes{${OF}} / node_filesystem_size_bytes{${OF}})`,
          '{{instance}} {{mountpoint}}',
        ),
      ],
      {
        max: 1,
        thresholds: [{ at: 0.85, color: 'red' }],
        description: 'From 85 % on the kubelet removes images, and then pods.',
        runbook: 'node-disk-filling',
      },
    ),
    graph(
      'Files left',
      'percentunit',
      [
        promql(
          `min by (instance, mountpoint) (node_filesystem_files_free{${OF}} / node_filesystem_files{${OF}})`,
          '{{instance}} {{mountpoint}}',
        ),
      ],
      { max: 1, runbook: 'node-disk-filling' },
    ),
    graph(
      'Busy',
      'percentunit',
      [promql(`rate(node_disk_io_time_seconds_total{${OF}}[$__rate_interval])`, '{{instance}} {{device}}')],
      { max: 1 },
    ),
  ],
};
