import type { Application, Autoscaler, Claim, ContainerStatus, Event, Pod } from './objects.ts';

/** What was seen of a cluster at one moment. */
export interface Snapshot {
  readonly applications: readonly Application[];
  readonly pods: readonly Pod[];
  readonly claims: readonly Claim[];
  readonly autoscalers: readonly Autoscaler[];
  /** Warnings of the last minutes. */
  readonly events: readonly Event[];
  /** Last line that a container wrote before it crashed, by `namespace/pod/container`. */
  readonly lastWords: ReadonlyMap<string, string>;
}

/** Why something is not ready yet. */
export interface Obstacle {
  readonly id:
    | 'image'
    | 'unschedulable'
    | 'crash'
    | 'container-config'
    | 'claim'
    | 'refused-pods'
    | 'autoscaler'
    | 'repository'
    | 'manifests'
    | 'cluster-api'
    | 'forbidden'
    | 'shared'
    | 'sync';
  /** One sentence, with the name of the object. */
  readonly message: string;
  readonly help: string;
}

/**
 * Seconds after which an obstacle of this kind is for a person to remove; until then the cluster may do it
 * itself: a registry answers again, an autoscaler adds a node, a store that others wait for starts.
 */
export const PATIENCE: Readonly<Record<Obstacle['id'], number>> = {
  image: 120,
  'container-config': 120,
  forbidden: 60,
  repository: 180,
  manifests: 180,
  'cluster-api': 180,
  shared: 180,
  sync: 180,
  unschedulable: 300,
  claim: 300,
  'refused-pods': 300,
  autoscaler: 300,
  crash: 600,
};

/** Why the pods and claims of a component are not ready. */
export function explainWorkloads(snapshot: Snapshot, namespace: string, component: string): readonly Obstacle[] {
  const own = ({ metadata }: Pod): boolean =>
    metadata.namespace === namespace && metadata.labels?.['app.kubernetes.io/name'] === component;
  const pods = snapshot.pods.filter(own);
  const claims = snapshot.claims.filter(
    ({ metadata }) => metadata.namespace === namespace && belongs(claimOwner(metadata.name), component),
  );
  const autoscalers = snapshot.autoscalers.filter(own);
  return unique([
    ...pods.flatMap((pod) => explainPod(pod, snapshot)),
    ...claims.flatMap((claim) => explainClaim(claim, snapshot.events)),
    ...refusals(snapshot.events, namespace, component),
    ...autoscalers.flatMap(explainAutoscaler),
  ]);
}

/** Why Argo CD cannot sync an Application. */
export function explainApplication({ status }: Application): readonly Obstacle[] {
  const conditions = (status?.conditions ?? []).flatMap(({ type, message }): readonly Obstacle[] => {
    if (!type.endsWith('Error') || message === undefined) return [];
    return [explainCondition(type, firstLine(message))];
  });
  const operation = status?.operationState;
  if (operation?.phase !== 'Failed' && operation?.phase !== 'Error') return unique(conditions);
  const failed = (operation.syncResult?.resources ?? []).filter(
    ({ status: result, hookPhase }) => result === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  );
  const messages = failed.map(({ kind, name, message }) => `${kind ?? ''} ${name ?? ''}: ${firstLine(message ?? '')}`);
  const said = messages.length > 0 ? messages : [firstLine(operation.message ?? 'no reason given')];
  return unique([
    ...conditions,
    ...(conditions.length > 0 ? [] : said.map((message) => explainCondition('SyncError', message))),
  ]);
}

const UNREACHABLE =
  /repository not found|authentication required|failed to list refs|connection refused|no such host|dial tcp|i\/o timeout|ls-remote|could not read|not resolve|network is unreachable|unable to resolve/i;
const BROKEN_API = /failed to get cluster info|synchronizing cache state/i;
const SHARED = /shared resource found/i;
const NOT_PERMITTED = /not permitted in project|is not permitted|forbidden|not allowed in project/i;

function explainCondition(type: string, message: string): Obstacle {
  if (NOT_PERMITTED.test(message))
    return {
      id: 'forbidden',
      message,
      help: 'the AppProject of the cluster does not allow it; see clusters/<cluster>/applications/project.yaml',
    };
  if (BROKEN_API.test(message))
    return {
      id: 'cluster-api',
      message: `Argo CD cannot read the cluster: ${message}`,
      help: 'an aggregated API may be broken: kubectl get apiservices, and the log of the API server',
    };
  if (type !== 'SyncError' && UNREACHABLE.test(message))
    return {
      id: 'repository',
      message: `Argo CD cannot read the repository: ${message}`,
      help: 'check --repo and --revision, and that the cluster reaches it; a private one needs a repository Secret in namespace argocd',
    };
  if (SHARED.test(message))
    return {
      id: 'shared',
      message,
      help: 'one of the two Applications has to let go of it: take it out of git there, or, if that Application is gone, remove the annotation argocd.argoproj.io/tracking-id from the object',
    };
  if (type === 'SyncError')
    return { id: 'sync', message: `the sync failed: ${message}`, help: 'Argo CD tries again by itself a few times' };
  return { id: 'manifests', message, help: 'is the generated directory committed and pushed at that revision?' };
}

function explainPod(pod: Pod, { lastWords, events }: Snapshot): readonly Obstacle[] {
  const { name, namespace = '' } = pod.metadata;
  const found: Obstacle[] = [];
  for (const { type, status, reason, message } of pod.status?.conditions ?? [])
    if (type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable')
      found.push({
        id: 'unschedulable',
        message: `pod ${name} fits on no node: ${firstLine(message ?? 'the scheduler gives no reason')}`,
        help: 'add nodes or free some; `nx run tools:plan` says what each pod asks for and why',
      });
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  for (const status of statuses) {
    const obstacle = explainContainer(name, status, lastWords.get(`${namespace}/${name}/${status.name}`));
    if (obstacle !== undefined) found.push(obstacle);
  }
  if (statuses.some(({ state }) => ['ContainerCreating', 'PodInitializing'].includes(state?.waiting?.reason ?? '')))
    found.push(...explainPreparation(pod, events));
  return found;
}

/** Before its containers there are its volumes and its network. */
function explainPreparation({ metadata }: Pod, events: readonly Event[]): readonly Obstacle[] {
  const event = events.findLast(
    ({ involvedObject, reason = '' }) =>
      involvedObject.kind === 'Pod' &&
      involvedObject.name === metadata.name &&
      involvedObject.namespace === metadata.namespace &&
      ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox'].includes(reason),
  );
  if (event === undefined) return [];
  return [
    {
      id: 'container-config',
      message: `pod ${metadata.name} cannot be prepared: ${firstLine(event.message ?? '')}`,
      help: 'a Secret that it mounts may be missing: run bootstrap again',
    },
  ];
}

const PULL = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'ImageInspectError',
]);
const CONFIG = new Set(['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError']);

function explainContainer(pod: string, status: ContainerStatus, lastWords: string | undefined): Obstacle | undefined {
  const waiting = status.state?.waiting;
  const reason = waiting?.reason ?? '';
  if (PULL.has(reason))
    return {
      id: 'image',
      message: `image ${status.image ?? ''} cannot be pulled`,
      help: `the nodes must reach its registry, or a mirror of it; kubectl describe pod ${pod} has the words of the registry`,
    };
  if (CONFIG.has(reason))
    return {
      id: 'container-config',
      message: `container ${status.name} of pod ${pod} cannot start: ${firstLine(waiting?.message ?? reason)}`,
      help:
        reason === 'CreateContainerConfigError'
          ? 'a Secret or a key that it names may be missing: run bootstrap again'
          : `the container runtime of the node refuses it; kubectl describe pod ${pod} has all it says`,
    };
  if (reason === 'CrashLoopBackOff') {
    const ended = status.lastState?.terminated;
    // What never started wrote nothing; then the runtime says why.
    const words = lastWords ?? ended?.message;
    const how = ended?.reason === 'OOMKilled' ? 'out of memory' : `exit code ${String(ended?.exitCode ?? '?')}`;
    return {
      id: 'crash',
      message: `container ${status.name} of pod ${pod} crashes (${how})${words === undefined ? '' : `: ${firstLine(words)}`}`,
      help: `kubectl logs ${pod} --container ${status.name} --previous`,
    };
  }
  return undefined;
}

function explainClaim(claim: Claim, events: readonly Event[]): readonly Obstacle[] {
  if (claim.status?.phase !== 'Pending') return [];
  const { name, namespace } = claim.metadata;
  // Without a warning it only waits for its pod, as most classes make it do.
  const event = events.findLast(
    ({ involvedObject, reason }) =>
      involvedObject.kind === 'PersistentVolumeClaim' &&
      involvedObject.name === name &&
      involvedObject.namespace === namespace &&
      reason === 'ProvisioningFailed',
  );
  if (event === undefined) return [];
  return [
    {
      id: 'claim',
      message: `claim ${name} gets no volume: ${firstLine(event.message ?? '')}`,
      help: 'see the storage class: kubectl get storageclass',
    },
  ];
}

/** Pods that are not even made: Pod Security or a quota stands against them. */
function refusals(events: readonly Event[], namespace: string, component: string): readonly Obstacle[] {
  return events
    .filter(
      ({ reason, involvedObject }) =>
        reason === 'FailedCreate' && involvedObject.namespace === namespace && belongs(involvedObject.name, component),
    )
    .map(({ involvedObject, message }) => ({
      id: 'refused-pods',
      message: `${involvedObject.kind ?? ''} ${involvedObject.name ?? ''} cannot make its pods: ${firstLine(message ?? '')}`,
      help: 'a quota, Pod Security or an admission webhook of the cluster refuses them',
    }));
}

function explainAutoscaler({ metadata, status }: Autoscaler): readonly Obstacle[] {
  const failing = (status?.conditions ?? []).find(
    ({ type, status: on, reason = '' }) => type === 'ScalingActive' && on === 'False' && reason.startsWith('FailedGet'),
  );
  if (failing === undefined) return [];
  return [
    {
      id: 'autoscaler',
      message: `autoscaler ${metadata.name} has no measurements: ${firstLine(failing.message ?? '')}`,
      help: 'install metrics-server, or wait some minutes if it is new',
    },
  ];
}

/** `data-loki-ingester-zone-a-0` is `loki-ingester-zone-a-0`'s. */
function claimOwner(claim: string): string {
  return claim.replace(/^data-/, '');
}

function belongs(name: string | undefined, component: string): boolean {
  return name === component || name?.startsWith(`${component}-`) === true;
}

function firstLine(text: string): string {
  // Ids of containers differ at each try, and tell nobody anything.
  const line = (text.trim().split('\n')[0]?.trim() ?? '').replaceAll(/[0-9a-f]{64}/g, '…');
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

function unique(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  return [...new Map(obstacles.map((obstacle) => [`${obstacle.id} ${obstacle.message}`, obstacle])).values()];
}
