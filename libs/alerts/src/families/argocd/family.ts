import type { Plan } from '@lgtm-fleet/plan';
import type { Alert, RuleFamily } from '../../types.ts';

const NAMESPACE = 'argocd';
const CONTROLLER = `job="${NAMESPACE}/argocd-application-controller"`;
const REPOSITORIES = `job="${NAMESPACE}/argocd-repo-server"`;
/** Label `namespace` is where Argo CD runs; an Application's own comes as another. */
const BY = 'by (cluster, name, project)';
const APPLICATION = 'Application {{ $labels.name }} of {{ $labels.cluster }}';

/** Argo CD where it keeps itself as this repository says: its pods are annotated to be scraped (libs/overlay). */
export const argocd: RuleFamily = {
  name: 'argocd',
  audience: 'stack',
  evaluators: ['metrics'],
  groups: (plan) => [{ name: 'argocd', rules: plan.argocd.selfManaged ? [...applications(), ...itself(plan)] : [] }],
};

function applications(): readonly Alert[] {
  return [
    {
      alert: 'ApplicationOutOfSync',
      expr: `max ${BY} (argocd_app_info{${CONTROLLER}, sync_status!="Synced"}) == 1`,
      // It tries again ten times, up to three minutes apart, before it gives up.
      for: '30m',
      severity: 'warning',
      summary: `${APPLICATION} is out of sync`,
      description:
        'What runs is not what git says: a sync fails, somebody changes the cluster by hand, or it waits for a confirmation to prune.',
      runbook: 'argocd-out-of-sync',
    },
    {
      alert: 'ApplicationUnhealthy',
      expr: `max by (cluster, name, project, health_status) (argocd_app_info{${CONTROLLER}, health_status=~"Degraded|Missing|Unknown"}) == 1`,
      for: '15m',
      severity: 'warning',
      summary: `${APPLICATION} is {{ $labels.health_status }}`,
      description: 'Something of it does not work as Kubernetes sees it; later waves of Applications wait for it.',
      runbook: 'argocd-out-of-sync',
    },
    {
      alert: 'ApplicationSyncStuck',
      expr: `max ${BY} (argocd_app_info{${CONTROLLER}, operation="sync"}) == 1 or max ${BY} (argocd_app_info{${CONTROLLER}, health_status="Progressing"}) == 1`,
      // The longest that goes well are StatefulSets in three zones, one zone after the other.
      for: '1h',
      severity: 'warning',
      summary: `${APPLICATION} has been syncing or progressing for an hour`,
      description:
        'A hook does not end, or a pod does not become ready. Until it does, nothing newer of this Application is applied.',
      runbook: 'argocd-stuck',
    },
    {
      alert: 'ApplicationSyncFailing',
      expr: `sum ${BY} (increase(argocd_app_sync_total{${CONTROLLER}, phase=~"Error|Failed"}[30m])) > 2`,
      for: '5m',
      severity: 'warning',
      summary: `${APPLICATION} failed {{ $value | humanize }} syncs of half an hour`,
      description:
        'The API server refuses something of it, or a hook fails. The operation of the Application has its words.',
      runbook: 'argocd-out-of-sync',
    },
    {
      alert: 'ApplicationSyncsAgain',
      // A commit is one sync; self-healing of what somebody sets back each time is one every few minutes.
      expr: `sum ${BY} (increase(argocd_app_sync_total{${CONTROLLER}, phase="Succeeded"}[1h])) > 10`,
      for: '30m',
      severity: 'warning',
      summary: `${APPLICATION} was synced {{ $value | humanize }} times within an hour`,
      description: 'Each time it sets a field, and somebody else (an autoscaler, an operator, a webhook) sets it back.',
      runbook: 'argocd-fighting',
    },
  ];
}

function itself({ collection }: Plan): readonly Alert[] {
  const up = `up{cluster="${collection.clusterLabel}", ${CONTROLLER}}`;
  return [
    {
      alert: 'RepositoryUnreachable',
      expr: [
        `sum by (cluster, repo) (increase(argocd_git_fetch_fail_total{${REPOSITORIES}}[15m])) > 2`,
        `or sum by (cluster, repo) (increase(argocd_git_lsremote_fail_total{${REPOSITORIES}}[15m])) > 2`,
      ].join(' '),
      for: '15m',
      severity: 'warning',
      summary: 'Argo CD of {{ $labels.cluster }} cannot read {{ $labels.repo }}',
      description:
        'Its credential, the way to it or the repository itself. What runs goes on; no commit reaches the cluster.',
      runbook: 'argocd-out-of-sync',
    },
    {
      alert: 'ArgocdDown',
      expr: `max by (cluster, job) (${up}) == 0 or absent(${up})`,
      for: '15m',
      severity: 'warning',
      summary: 'Nothing is heard of Argo CD of {{ $labels.cluster }}',
      description:
        'Its controller does not run or cannot be scraped. What runs goes on; no commit reaches the cluster, and no drift is mended.',
      runbook: 'argocd-out-of-sync',
    },
  ];
}
