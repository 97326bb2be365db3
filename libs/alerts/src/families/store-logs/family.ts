import type { Plan } from '@lgtm-fleet/plan';
import type { Alert, RuleFamily } from '../../types.ts';
import { kafkaLogs } from './kafka.ts';

/** What only the logs of the stores tell. */
export const storeLogs: RuleFamily = {
  name: 'store-logs',
  audience: 'stack',
  evaluators: ['logs'],
  groups: (plan) =>
    plan.loki === undefined
      ? []
      : [
          { name: 'store-logs', rules: stores(plan) },
          ...(plan.kafka === undefined ? [] : [{ name: 'kafka-logs', rules: kafkaLogs() }]),
        ],
};

/** Streams of the stores that run here. A stream of a pod has the name of its program, whatever its role. */
function streams(plan: Plan): string {
  const names = (['loki', 'mimir', 'tempo'] as const).filter((name) => plan[name] !== undefined);
  return `{namespace="observability", service_name=~"${names.join('|')}"}`;
}

/**
 * Lines by which a store complains. Each names its level; without that, Loki's own lines about the queries of these
 * rules, which have the words in them, would be found, and the alert fire for itself.
 */
function complaints(plan: Plan, words: string, window: string): string {
  const lines = `${streams(plan)} |~ "${words}" | logfmt level | level=~"error|warn|fatal"`;
  return `sum by (cluster, service_name, container) (count_over_time(${lines} [${window}]))`;
}

function stores(plan: Plan): readonly Alert[] {
  const where = '{{ $labels.service_name }} ({{ $labels.container }}) of {{ $labels.cluster }}';
  return [
    {
      alert: 'StorePanics',
      // The runtime of Go writes these two to the error output, at the start of a line and in no format.
      expr: `sum by (cluster, service_name, container) (count_over_time(${streams(plan)} |~ "^(panic|fatal error): " [10m])) > 0`,
      for: '0m',
      // It is started again at once; what does not come back, or does it again and again, is told of by others.
      severity: 'warning',
      summary: `${where} panics`,
      description:
        'The program met a fault of its own, and ended or gave up what it was doing. The lines after it say where.',
      runbook: 'pod-crash-looping',
    },
    {
      alert: 'StoreErrorsBurst',
      // One a second: the stores say that there was nothing to do as an error, too, but a few times a minute.
      expr: `sum by (cluster, service_name, container) (count_over_time(${streams(plan)} | logfmt level | level="error" [5m])) > 300`,
      for: '10m',
      severity: 'warning',
      summary: `${where} logs {{ $value }} errors in five minutes`,
      description:
        'Something fails again and again. If another alert fires, it is the cause; if none does, these lines are all there is.',
      runbook: 'store-down',
    },
    {
      alert: 'StoreDiskFull',
      expr: `${complaints(plan, 'no space left on device', '10m')} > 0`,
      for: '0m',
      severity: 'critical',
      summary: `${where}: no space left on the disk`,
      description: 'A volume, or the folder for temporary files, is full. What should be written there is not.',
      runbook: 'wal-disk-full',
    },
    {
      alert: 'StoreBucketRefuses',
      // What S3, Google and Azure answer to a key or a role that is not right, or for a bucket that is not there.
      expr: `${complaints(
        plan,
        '(?i)(access ?denied|signature we calculated does not match|access key id you provided does not exist|token has expired|specified bucket does not exist|does not have storage[.]|AuthorizationFailure|AuthenticationFailed|AuthorizationPermissionMismatch)',
        '10m',
      )} > 3`,
      for: '5m',
      severity: 'critical',
      summary: `${where}: its bucket refuses it`,
      description:
        'The key or role of the store is wrong or has ended, or the bucket is not there. It will not mend by itself.',
      runbook: 'object-storage-refusing',
    },
    {
      alert: 'StoreReplicasMissing',
      expr: `${complaints(plan, 'at least [0-9]+ live replicas required|too many unhealthy instances in the ring', '5m')} > 5`,
      for: '5m',
      severity: 'critical',
      summary: `${where}: too few live replicas`,
      description:
        'More members of a ring are gone than it tolerates. What belongs to them is neither written nor found.',
      runbook: 'ring-unhealthy',
    },
    {
      alert: 'StoreCannotReach',
      // Ten a minute: a pod that restarts is missed by all the others for some seconds.
      expr: `${complaints(plan, 'dial tcp .+(i/o timeout|connection refused|no route to host)|lookup .+ no such host', '10m')} > 100`,
      for: '10m',
      severity: 'warning',
      summary: `${where} cannot reach others ({{ $value }} times in ten minutes)`,
      description:
        'Connections time out or are refused, or a name has no address. A policy, a Service without pods, or name lookups are in the way; the lines say who is dialled.',
      runbook: 'network-policy-blocking',
    },
  ];
}
