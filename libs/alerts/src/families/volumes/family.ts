import type { Plan } from '@lgtm-fleet/plan';
import type { Alert, Recording, RuleFamily } from '../../types.ts';

const KUBELET = 'job="kube-system/kubelet"';
const CLAIM = '{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} of {{ $labels.cluster }}';
const LEFT = '{{ $value | humanizePercentage }}';

/**
 * Volumes behind claims, as the kubelet that mounts them sees them. A tenant has those of its own namespaces. The
 * write-ahead logs of the stores are told of earlier: a store whose log is full takes no more writes, and with Mimir's
 * the rules here would have nothing to look at.
 */
export const volumes: RuleFamily = {
  name: 'volumes',
  audience: 'workloads',
  evaluators: ['metrics'],
  groups: (plan) => {
    const logs = logClaims(plan);
    // One group: rules of a group are evaluated in their order, and those that follow look at the first.
    return [{ name: 'volumes', rules: [left, ...filling(), ...(logs === undefined ? [] : [logFilling(logs)])] }];
  },
};

const LEFT_RATIO = 'namespace_persistentvolumeclaim:kubelet_volume_stats_available:ratio';

const left: Recording = {
  record: LEFT_RATIO,
  expr: share('kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes'),
};

/** Workloads that keep a write-ahead log on their claim `data`, or what is one for others. */
const LOGS: readonly string[] = [
  ...['loki/ingester', 'loki/monolithic', 'mimir/ingester', 'mimir/monolithic', 'tempo/live-store', 'tempo/monolithic'],
  ...['tempo/metrics-generator', 'kafka/broker', 'prometheus/prometheus', 'alloy-sources/alloy-sources'],
];

/** Their claims, in every zone. */
function logClaims({ components }: Plan): string | undefined {
  const workloads = components.flatMap((component) => component.workloads);
  const logs = workloads.filter(({ component, role }) => LOGS.includes(`${component}/${role}`));
  const names = logs.map(({ name }) => name).toSorted();
  if (names.length === 0) return undefined;
  return `namespace=~"observability|monitoring", persistentvolumeclaim=~"data-(?:${names.join('|')})(?:-zone-[abc])?-[0-9]+"`;
}

function share(free: string, all: string): string {
  return `min by (cluster, namespace, persistentvolumeclaim) (${free}{${KUBELET}} / (${all}{${KUBELET}} > 0))`;
}

/** The volume has lost room at a pace by which it is full after so many seconds. */
function fullIn(seconds: number, window: string, matchers = ''): string {
  const available = `kubelet_volume_stats_available_bytes{${KUBELET}${matchers}}`;
  return `min by (cluster, namespace, persistentvolumeclaim) (predict_linear(${available}[${window}], ${seconds})) < 0`;
}

function filling(): readonly Alert[] {
  return [
    {
      alert: 'VolumeFilling',
      // Four days: nobody has to do it on a Saturday. Above a quarter there is time to see whether it goes on.
      expr: `${LEFT_RATIO} < 0.25 and ${fullIn(345_600, '6h')}`,
      for: '1h',
      severity: 'warning',
      summary: `Volume ${CLAIM} will be full in four days`,
      description: `It has ${LEFT} left and has lost it steadily for six hours.`,
      runbook: 'volume-filling',
    },
    {
      alert: 'VolumeAlmostFull',
      // What compacts or rotates needs room for the new before it deletes the old.
      expr: `${LEFT_RATIO} < 0.05`,
      for: '5m',
      severity: 'critical',
      summary: `Volume ${CLAIM} has ${LEFT} left`,
      description: 'Once it is full nothing can be written, and most programs end or stop to serve.',
      runbook: 'volume-filling',
    },
    {
      alert: 'VolumeFilesFew',
      expr: `${share('kubelet_volume_stats_inodes_free', 'kubelet_volume_stats_inodes')} < 0.05`,
      for: '15m',
      severity: 'warning',
      summary: `Volume ${CLAIM} can take few more files`,
      description: `Of its inodes ${LEFT} are left: many small files use them up. After that nothing can be written, however much room there is.`,
      runbook: 'volume-filling',
    },
  ];
}

function logFilling(matchers: string): Alert {
  return {
    alert: 'WalVolumeFilling',
    // Little is left, or it is gone in four hours: long enough to find out why the log is not cut, and to grow the volume.
    expr: `${LEFT_RATIO}{${matchers}} < 0.15 or (${LEFT_RATIO}{${matchers}} < 0.4 and ${fullIn(14_400, '1h', `, ${matchers}`)})`,
    for: '10m',
    severity: 'critical',
    summary: `The log on ${CLAIM} has ${LEFT} left`,
    description:
      'A write-ahead log is cut when its data has been sent on: object storage, Kafka or the gateway does not take it, or more comes in than was planned. A store whose log is full takes no writes.',
    runbook: 'wal-disk-full',
  };
}
