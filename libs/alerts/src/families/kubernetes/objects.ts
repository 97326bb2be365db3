import type { Alert } from '../../types.ts';

/** Claims, quotas and budgets of a namespace. */
export function objects(state: string): readonly Alert[] {
  return [
    {
      alert: 'ClaimNotBound',
      expr: `max by (cluster, namespace, persistentvolumeclaim, phase) (kube_persistentvolumeclaim_status_phase{${state}, phase=~"Pending|Lost"}) == 1`,
      // A claim waits for its first pod where the storage class says so, and clouds take minutes to make a disk.
      for: '30m',
      severity: 'warning',
      summary:
        'Claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} of {{ $labels.cluster }} is {{ $labels.phase }}',
      description:
        'Pending: nobody makes a volume for it, or no pod asks for it. Lost: its volume is gone, and what was on it. A pod with the claim cannot start.',
      runbook: 'pod-unschedulable',
    },
    {
      alert: 'QuotaUsedUp',
      expr: [
        `max by (cluster, namespace, resourcequota, resource) (kube_resourcequota{${state}, type="used"})`,
        `/ max by (cluster, namespace, resourcequota, resource) (kube_resourcequota{${state}, type="hard"} > 0) >= 1`,
      ].join(' '),
      for: '15m',
      severity: 'warning',
      summary:
        'Quota {{ $labels.resourcequota }} of {{ $labels.namespace }} of {{ $labels.cluster }} has no {{ $labels.resource }} left',
      description:
        'The API server refuses the next pod that asks for any: one that is replaced after a crash, or moved off a node, does not come back.',
      runbook: 'pod-unschedulable',
    },
    {
      alert: 'DisruptionBudgetUnmet',
      expr: [
        `max by (cluster, namespace, poddisruptionbudget) (kube_poddisruptionbudget_status_desired_healthy{${state}})`,
        `- max by (cluster, namespace, poddisruptionbudget) (kube_poddisruptionbudget_status_current_healthy{${state}}) > 0`,
      ].join(' '),
      for: '15m',
      severity: 'warning',
      summary:
        'Budget {{ $labels.namespace }}/{{ $labels.poddisruptionbudget }} of {{ $labels.cluster }} lacks {{ $value }} pods',
      description:
        'Fewer pods are ready than its owner calls enough. Drains of nodes wait for them, and with them upgrades of the cluster.',
      runbook: 'workload-unavailable',
    },
  ];
}
