import { explainApplication, explainWorkloads, PATIENCE, type Obstacle, type Snapshot } from './explain.ts';
import { ARGOCD_NAMESPACE, SYNC_WAVE, type Application, type ClusterObject } from './objects.ts';

/** An Application that must come to be. */
export interface Expected {
  readonly name: string;
  readonly wave: number;
  /** Folder of `base/`, or the name of the third party; absent for the root. */
  readonly component?: string;
  readonly namespace: string;
}

export interface ApplicationState {
  readonly name: string;
  readonly wave: number;
  /** `Synced`, `OutOfSync`, `Unknown`; `absent` before the root has made it. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Missing`, `Suspended`, `Unknown`; also Progressing until its sync ends. */
  readonly health: string;
  readonly ready: boolean;
  readonly obstacles: readonly Obstacle[];
  /** True where it will not become ready unless a person does something. */
  readonly blocked: boolean;
}

/** When each obstacle was first seen, in seconds; given back and forth, since a snapshot knows no past. */
export type FirstSeen = ReadonlyMap<string, number>;

export interface Observation {
  readonly states: readonly ApplicationState[];
  readonly firstSeen: FirstSeen;
  /** `ready`: all are; `blocked`: whatever is not waits for a person; `going`: time may still help. */
  readonly verdict: 'ready' | 'blocked' | 'going';
}

/** The root, then what it makes, in the order of the waves. */
export function expectedApplications(cluster: string, rendered: readonly ClusterObject[]): readonly Expected[] {
  const made = rendered
    .filter(({ kind }) => kind === 'Application')
    .map((object): Expected => {
      const { metadata, spec } = object as ClusterObject & Application;
      const component = metadata.labels?.['app.kubernetes.io/component'];
      return {
        name: metadata.name,
        wave: Number(metadata.annotations?.[SYNC_WAVE] ?? 0),
        namespace: spec?.destination?.namespace ?? ARGOCD_NAMESPACE,
        ...(component !== undefined && { component }),
      };
    });
  return [
    { name: cluster, wave: Number.NEGATIVE_INFINITY, namespace: ARGOCD_NAMESPACE },
    ...made.toSorted((left, right) => left.wave - right.wave || (left.name < right.name ? -1 : 1)),
  ];
}

/**
 * How far each Application is, and why not further.
 * @param now seconds of any clock that only goes forward
 */
export function observe(
  expected: readonly Expected[],
  snapshot: Snapshot,
  before: FirstSeen,
  now: number,
): Observation {
  const firstSeen = new Map<string, number>();
  const states = expected.map((one): ApplicationState => {
    const application = snapshot.applications.find(({ metadata }) => metadata.name === one.name);
    const sync = application === undefined ? 'absent' : syncOf(application);
    const health = application === undefined ? 'Missing' : healthOf(application);
    const ready = sync === 'Synced' && health === 'Healthy';
    const obstacles =
      ready || application === undefined
        ? []
        : [
            ...explainApplication(application),
            ...(one.component === undefined ? [] : explainWorkloads(snapshot, one.namespace, one.component)),
          ];
    const ages = obstacles.map((obstacle) => {
      // Not the message: counts and times in it change.
      const key = `${one.name} ${obstacle.id}`;
      const since = before.get(key) ?? firstSeen.get(key) ?? now;
      firstSeen.set(key, since);
      return now - since >= PATIENCE[obstacle.id];
    });
    return { name: one.name, wave: one.wave, sync, health, ready, obstacles, blocked: ages.includes(true) };
  });
  return { states, firstSeen, verdict: verdictOf(states) };
}

/** A status that is about another source than the present one says nothing. */
function syncOf({ spec, status }: Application): string {
  const now = spec?.source;
  const then = status?.sync?.comparedTo?.source;
  const same =
    now === undefined ||
    then === undefined ||
    (now.repoURL === then.repoURL && now.targetRevision === then.targetRevision && now.path === then.path);
  return same ? (status?.sync?.status ?? 'Unknown') : 'Unknown';
}

/** Argo CD does not count hooks, and a store is not healthy before the Job that makes its buckets has ended. */
function healthOf({ status }: Application): string {
  const health = status?.health?.status ?? 'Unknown';
  return health === 'Healthy' && status?.operationState?.phase === 'Running' ? 'Progressing' : health;
}

function verdictOf(states: readonly ApplicationState[]): Observation['verdict'] {
  if (states.every(({ ready }) => ready)) return 'ready';
  if (!states.some(({ blocked }) => blocked)) return 'going';
  // The root becomes ready after all others, and what it has not made waits for a wave that is blocked.
  const [root, ...others] = states;
  const waiting = others.filter(({ ready, blocked, sync }) => !ready && !blocked && sync !== 'absent');
  if (waiting.length > 0) return 'going';
  const absent = others.filter(({ sync }) => sync === 'absent');
  const firstAbsent = Math.min(...absent.map(({ wave }) => wave));
  const held = root?.blocked === true || others.some(({ blocked, wave }) => blocked && wave < firstAbsent);
  return absent.length > 0 && !held ? 'going' : 'blocked';
}

/** One line a state: `home-lab-loki  Synced, Progressing: pod loki-0 fits on no node: …`. */
export function describe(state: ApplicationState): string {
  if (state.sync === 'absent') return 'waits for earlier waves';
  const [first, ...more] = state.obstacles;
  const why =
    first === undefined ? '' : `: ${first.message}${more.length === 0 ? '' : ` (and ${String(more.length)} more)`}`;
  return `${state.sync}, ${state.health}${why}`;
}
