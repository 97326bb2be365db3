import type { Alert } from '../../types.ts';

const CONTAINER = 'cluster, namespace, pod, container';
const WHERE = '{{ $labels.namespace }}/{{ $labels.pod }} of {{ $labels.cluster }}';

/** Pods that do not come up, or do not stay up, each by the reason that Kubernetes itself gives. */
export function pods(state: string): readonly Alert[] {
  return [
    {
      alert: 'PodCrashLooping',
      // Between two waits it runs for a moment, and is seen as running: so it is looked for in the last five minutes.
      expr: `max by (${CONTAINER}) (max_over_time(kube_pod_container_status_waiting_reason{${state}, reason="CrashLoopBackOff"}[5m])) == 1`,
      // The kubelet waits up to five minutes between two starts, so three of them have failed by then.
      for: '15m',
      severity: 'warning',
      summary: `{{ $labels.container }} of pod ${WHERE} restarts again and again`,
      description:
        'It ends soon after each start, and the kubelet waits longer each time. What it said before it ended is in its previous log.',
      runbook: 'pod-crash-looping',
    },
    {
      alert: 'ContainerOutOfMemory',
      expr: [
        `max by (${CONTAINER}) (increase(kube_pod_container_status_restarts_total{${state}}[15m])) > 0`,
        `and max by (${CONTAINER}) (kube_pod_container_status_last_terminated_reason{${state}, reason="OOMKilled"}) == 1`,
      ].join(' '),
      // One kill is enough to be told of: what was in memory is lost. It is shown as long as the restart is in the window.
      for: '1m',
      severity: 'warning',
      summary: `{{ $labels.container }} of pod ${WHERE} was killed for its memory`,
      description:
        'It reached its memory limit, or its node had none left, and the kernel ended it. What it held in memory alone is lost.',
      runbook: 'pod-out-of-memory',
    },
    {
      alert: 'PodUnschedulable',
      expr: `max by (cluster, namespace, pod) (kube_pod_status_unschedulable{${state}}) == 1`,
      // An autoscaler of nodes takes some minutes to bring one.
      for: '15m',
      severity: 'warning',
      summary: `Pod ${WHERE} finds no node`,
      description:
        'No node has the room, the zone, the volume or the taint that it asks for; the event FailedScheduling says which. Its workload runs with one pod less.',
      runbook: 'pod-unschedulable',
    },
    {
      alert: 'ImageNotPulled',
      expr: waiting(state, 'ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|RegistryUnavailable'),
      // A registry that hiccups is asked again within minutes.
      for: '10m',
      severity: 'warning',
      summary: `The image of {{ $labels.container }} of pod ${WHERE} cannot be pulled`,
      description:
        'The registry does not have it, refuses the credential, or cannot be reached. The pod waits, and so does a rollout that needs it.',
      runbook: 'image-not-pulled',
    },
    {
      alert: 'ContainerConfigMissing',
      expr: waiting(state, 'CreateContainerConfigError|CreateContainerError|RunContainerError'),
      for: '10m',
      severity: 'warning',
      summary: `{{ $labels.container }} of pod ${WHERE} is not made: {{ $labels.reason }}`,
      description:
        'Mostly a ConfigMap, a Secret or a key of them that it names and that is not there. The pod waits until it is.',
      runbook: 'mount-missing',
    },
    {
      alert: 'ContainerNotCreated',
      // Of a volume that cannot be mounted Kubernetes gives a pod no other reason than this one.
      expr: waiting(state, 'ContainerCreating|PodInitializing'),
      // A volume that moves to another node is detached from the old one after six minutes at most; images are large.
      for: '30m',
      severity: 'warning',
      summary: `{{ $labels.container }} of pod ${WHERE} is not created for half an hour`,
      description:
        'Its volume, ConfigMap or Secret cannot be mounted, its network cannot be set up, or an init container does not end. The events of the pod say which.',
      runbook: 'mount-missing',
    },
  ];
}

/** Ordinary containers and those that run before them wait for the same reasons. */
function waiting(state: string, reasons: string): string {
  const of = (kind: string): string =>
    `max by (${CONTAINER}, reason) (kube_pod_${kind}_status_waiting_reason{${state}, reason=~"${reasons}"}) == 1`;
  return `${of('container')} or ${of('init_container')}`;
}
