import type { Alert } from '../../types.ts';

const where = (kind: string): string => `{{ $labels.namespace }}/{{ $labels.${kind} }} of {{ $labels.cluster }}`;

/** Workloads that have fewer pods than they ask for, have none at all, or do not get on. */
export function workloads(state: string): readonly Alert[] {
  return [
    ...KINDS.map((kind) => missing(state, kind)),
    ...KINDS.map((kind) => down(state, kind)),
    {
      alert: 'DeploymentRolloutStuck',
      expr: `max by (cluster, namespace, deployment) (kube_deployment_status_condition{${state}, condition="Progressing", status="false"}) == 1`,
      // Kubernetes itself has waited for spec.progressDeadlineSeconds, ten minutes unless said, before it says so.
      for: '5m',
      severity: 'warning',
      summary: `The rollout of Deployment ${where('deployment')} does not get on`,
      description:
        'Its new pods do not become ready within the deadline. The old ones go on, as far as they were not replaced yet.',
      runbook: 'workload-unavailable',
    },
    {
      alert: 'JobFailed',
      expr: `max by (cluster, namespace, job_name) (kube_job_failed{${state}, condition="true"}) == 1`,
      for: '1m',
      severity: 'warning',
      summary: `Job ${where('job_name')} failed`,
      description:
        'It used up its attempts or its time. It stays as it is, and is told of, until somebody deletes it or its time to live is over.',
      runbook: 'job-failed',
    },
    {
      alert: 'JobRunsLong',
      expr: [
        `time() - max by (cluster, namespace, job_name) (kube_job_status_start_time{${state}}`,
        `and on (cluster, namespace, job_name) kube_job_status_active{${state}} > 0) > 43200`,
      ].join(' '),
      // Twelve hours: a nightly job that is not done in the morning will meet its successor.
      for: '5m',
      severity: 'warning',
      summary: `Job ${where('job_name')} has been running for {{ $value | humanizeDuration }}`,
      description: 'It hangs, or has more to do than it can. Nothing ends it that has no activeDeadlineSeconds.',
      runbook: 'job-failed',
    },
    {
      alert: 'AutoscalerAtMaximum',
      expr: [
        autoscaled('kube_horizontalpodautoscaler_status_desired_replicas', state),
        `>= ${autoscaled('kube_horizontalpodautoscaler_spec_max_replicas', state)}`,
        // Where both ends are one number, somebody fixed it.
        `> ${autoscaled('kube_horizontalpodautoscaler_spec_min_replicas', state)}`,
      ].join(' '),
      // A peak of some minutes is what the maximum is for.
      for: '30m',
      severity: 'warning',
      summary: `Autoscaler ${where('horizontalpodautoscaler')} is at its maximum`,
      description:
        'The load asks for as many pods as are allowed, or for more, which nobody sees. Requests get slower from here on.',
      runbook: 'workload-unavailable',
    },
    {
      alert: 'AutoscalerCannotScale',
      expr: `max by (cluster, namespace, horizontalpodautoscaler, condition) (kube_horizontalpodautoscaler_status_condition{${state}, condition=~"AbleToScale|ScalingActive", status="false"}) == 1`,
      // The metrics API is away for minutes when metrics-server restarts.
      for: '30m',
      severity: 'warning',
      summary: `Autoscaler ${where('horizontalpodautoscaler')} cannot scale: {{ $labels.condition }}`,
      description:
        'It cannot measure (no metrics API, no requests on a container), or cannot change its target. Replicas stay as they are, whatever the load.',
      runbook: 'workload-unavailable',
    },
  ];
}

function autoscaled(metric: string, state: string): string {
  return `max by (cluster, namespace, horizontalpodautoscaler) (${metric}{${state}})`;
}

interface Kind {
  readonly kind: string;
  readonly label: string;
  readonly asked: string;
  readonly there: string;
  /** Moves while a rollout gets on. */
  readonly updated: string;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'Deployment',
    label: 'deployment',
    asked: 'kube_deployment_spec_replicas',
    there: 'kube_deployment_status_replicas_available',
    updated: 'kube_deployment_status_replicas_updated',
  },
  {
    kind: 'StatefulSet',
    label: 'statefulset',
    asked: 'kube_statefulset_replicas',
    there: 'kube_statefulset_status_replicas_available',
    updated: 'kube_statefulset_status_replicas_updated',
  },
  {
    kind: 'DaemonSet',
    label: 'daemonset',
    asked: 'kube_daemonset_status_desired_number_scheduled',
    there: 'kube_daemonset_status_number_available',
    updated: 'kube_daemonset_status_updated_number_scheduled',
  },
];

function missing(state: string, { kind, label, asked, there, updated }: Kind): Alert {
  const by = `max by (cluster, namespace, ${label})`;
  return {
    alert: `${kind}PodsMissing`,
    expr: [
      `${by} (${asked}{${state}}) - ${by} (${there}{${state}}) > 0`,
      // While a rollout gets on, pods are missing as they should.
      `and ${by} (changes(${updated}{${state}}[10m])) == 0`,
    ].join(' '),
    for: '15m',
    severity: 'warning',
    summary: `${kind} ${where(label)} lacks {{ $value }} of its pods`,
    description:
      'They are not there, or not ready. What the others cannot take is refused or waits; of a store, a second one missing can be too many.',
    runbook: 'workload-unavailable',
  };
}

function down(state: string, { kind, label, asked, there }: Kind): Alert {
  const by = `max by (cluster, namespace, ${label})`;
  return {
    alert: `${kind}Down`,
    expr: `${by} (${asked}{${state}}) > 0 and ${by} (${there}{${state}}) == 0`,
    // One that is replaced as a whole (strategy Recreate, one replica) needs some minutes for its image and its volume.
    for: '10m',
    // Whose work cannot wait until the morning has an alert of its own, which says what is not done.
    severity: 'warning',
    summary: `${kind} ${where(label)} has no pod that is ready`,
    description: 'Nothing of it works: whoever calls it gets an error, and what it should do is not done.',
    runbook: 'workload-unavailable',
  };
}
