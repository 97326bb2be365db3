import type { Plan } from '@lgtm-fleet/plan';
import { bars } from '../../../panels/bars.ts';
import { decided } from '../../../planned.ts';
import { now } from '../../../queries.ts';
import { inCluster } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function volumes(plan: Plan): Row {
  const claims = `${inCluster(plan)}, namespace=~"observability|monitoring"`;
  return {
    title: 'Volumes',
    tiles: [
      bars(
        'In use',
        'percentunit',
        [
          now(
            `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${claims}}) / max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${claims}})`,
            '{{persistentvolumeclaim}}',
          ),
        ],
        {
          width: 12,
          height: 10,
          max: 1,
          description: decided(plan, 'cluster.volumes'),
          thresholds: [
            { at: 0.8, color: 'orange' },
            { at: 0.95, color: 'red' },
          ],
          runbook: 'volume-filling',
        },
      ),
      bars(
        'Full in',
        's',
        [
          now(
            `sort(max by (persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${claims}}) / (max by (persistentvolumeclaim) (-deriv(kubelet_volume_stats_available_bytes{${claims}}[6h])) > 0))`,
            '{{persistentvolumeclaim}}',
          ),
        ],
        {
          width: 12,
          height: 10,
          description: 'If it goes on as in the last six hours; a volume that does not fill is not here.',
          thresholds: [
            { at: 0, color: 'red' },
            { at: 259_200, color: 'orange' },
            { at: 1_209_600, color: 'green' },
          ],
          runbook: 'volume-filling',
        },
      ),
    ],
  };
}
