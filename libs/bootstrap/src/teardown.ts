import { INSTANCE, LGTM_FLEET, PART_OF, TRACKING, type ClusterObject, type Metadata } from './objects.ts';

/** Kinds that hold what cannot be made again. */
const DATA: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'Secret', 'Namespace']);

/** What others make and remove after their owner is gone. */
const DERIVED: ReadonlySet<string> = new Set([
  'Pod',
  'ReplicaSet',
  'ControllerRevision',
  'Endpoints',
  'EndpointSlice',
  'Event',
  'Lease',
  'PodMetrics',
]);

export interface Teardown {
  /** Deleted one after the other: what keeps others alive first. */
  readonly remove: readonly ClusterObject[];
  readonly keep: readonly ClusterObject[];
  /**
   * What stays and says that an Application of this cluster keeps it: Argo CD itself, definitions of third parties.
   * Once that Application is gone it is nobody's, or the next cluster file's Application would have to share it.
   */
  readonly release: readonly ClusterObject[];
}

/** Whether an object was made for this cluster file. */
export function belongsTo(cluster: string, { labels }: Metadata): boolean {
  return labels?.[PART_OF] === LGTM_FLEET && labels[INSTANCE] === cluster;
}

/**
 * What goes and what stays of everything that was found. The root goes first and the other Applications next, or
 * Argo CD would make anew what is deleted. Claims, Secrets and namespaces stay: they are the data.
 * An Application that hangs in its deletion is taken up again.
 */
export function planTeardown(cluster: string, found: readonly ClusterObject[]): Teardown {
  const own = found.filter(
    ({ kind, metadata }) =>
      belongsTo(cluster, metadata) &&
      !DERIVED.has(kind) &&
      (kind === 'Application' || metadata.deletionTimestamp === undefined),
  );
  const rank = ({ kind, metadata }: ClusterObject): number => {
    if (kind === 'Application') return metadata.name === cluster ? 0 : 1;
    if (kind === 'AppProject') return 2;
    // Before the workloads, whose replicas it would set again.
    if (kind === 'HorizontalPodAutoscaler') return 3;
    return ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'].includes(kind) ? 4 : 5;
  };
  const remove = own.filter(({ kind }) => !DATA.has(kind)).toSorted((left, right) => rank(left) - rank(right));
  const removed = new Set(remove);
  return {
    remove,
    keep: own.filter(({ kind }) => DATA.has(kind)),
    release: found.filter((object) => !removed.has(object) && isKept(cluster, object, found)),
  };
}

/** Whether the Application that an object is tracked by is of this cluster, or was before it went. */
function isKept(cluster: string, { metadata }: ClusterObject, found: readonly ClusterObject[]): boolean {
  const owner = metadata.annotations?.[TRACKING]?.split(':')[0];
  if (owner === undefined) return false;
  const application = found.find((one) => one.kind === 'Application' && one.metadata.name === owner);
  if (application !== undefined) return belongsTo(cluster, application.metadata);
  return owner === cluster || owner.startsWith(`${cluster}-`);
}
