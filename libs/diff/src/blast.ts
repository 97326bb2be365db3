import { describe } from '@lgtm-fleet/manifests';
import { quorumsOf } from './view/stateful.ts';
import type { Change, ClusterPair, Effect, EffectOf } from './types.ts';

/** How much of one cluster changes. */
export interface ClusterBlast {
  readonly name: string;
  readonly environment: string | undefined;
  readonly state: 'changed' | 'new' | 'gone' | 'same';
  /** In the base; of a new cluster in the head. */
  readonly objects: number;
  readonly changed: number;
  readonly removed: number;
  readonly added: number;
  /** Pods of so many workloads are replaced. */
  readonly rolled: number;
  /** Rings among them, whose pods must not all be gone at once: `mimir/ingester`. */
  readonly rings: readonly string[];
  readonly worst: Effect | undefined;
}

/** How much changes altogether. */
export interface Blast {
  /** Those that change, the ones with the most dangerous changes first. */
  readonly clusters: readonly ClusterBlast[];
  /** Of the repository, changed or not. */
  readonly all: number;
  readonly environments: readonly string[];
  readonly objects: number;
  readonly changed: number;
  readonly removed: number;
  readonly added: number;
}

const RANK: Readonly<Record<Effect, number>> = {
  'data-loss': 0,
  downtime: 1,
  exposure: 2,
  restart: 3,
  scale: 4,
  cosmetic: 5,
};

export function rank(effect: Effect | undefined): number {
  return effect === undefined ? 6 : RANK[effect];
}

/** @param all the clusters of the repository */
export function blastOf(all: readonly ClusterBlast[]): Blast {
  const clusters = all
    .filter(({ state }) => state !== 'same')
    .toSorted((left, right) => rank(left.worst) - rank(right.worst) || (left.name < right.name ? -1 : 1));
  const sum = (of: (cluster: ClusterBlast) => number) => clusters.reduce((total, cluster) => total + of(cluster), 0);
  return {
    clusters,
    all: all.length,
    environments: [...new Set(clusters.flatMap(({ environment }) => environment ?? []))].toSorted(),
    objects: sum(({ objects }) => objects),
    changed: sum(({ changed }) => changed),
    removed: sum(({ removed }) => removed),
    added: sum(({ added }) => added),
  };
}

export function clusterBlast(pair: ClusterPair, effectOf: EffectOf): ClusterBlast {
  const { changes } = pair;
  const amount = (...actions: readonly Change['action'][]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const rolled = new Set(changes.flatMap(({ rolls }) => rolls));
  const effects = changes.map(effectOf).toSorted((left, right) => rank(left) - rank(right));
  return {
    name: pair.name,
    environment: pair.environment,
    state: pair.isNew ? 'new' : pair.isGone ? 'gone' : changes.length === 0 ? 'same' : 'changed',
    objects: pair.objects,
    changed: amount('changed', 'renamed'),
    removed: amount('removed'),
    added: amount('added'),
    rolled: rolled.size,
    rings: quorumsOf(pair.after.manifests.filter((manifest) => rolled.has(describe(manifest)))),
    worst: effects[0],
  };
}
