import { describe } from '@lgtm-fleet/manifests';
import { parseApprovals, word, type Approval, type Approvals, type Malformed } from './approvals.ts';
import { blastOf, clusterBlast, rank, type Blast, type ClusterBlast } from './blast.ts';
import { classes as allClasses } from './classes/index.ts';
import { defaultEffect } from './effects/default.ts';
import { clusterChanges } from './match/changes.ts';
import type {
  Change,
  ChangedCluster,
  ClassMeta,
  ClusterPair,
  ClusterState,
  Danger,
  DangerClass,
  Effect,
  Revision,
} from './types.ts';
import { worse } from './types.ts';
import { sideOf } from './view/side.ts';

/** A danger, with what was found out about it. */
export interface FoundDanger extends Danger {
  readonly meta: ClassMeta;
  /** What an approval must name: `prod-eu/mimir`. */
  readonly address: string;
  readonly cluster: string | undefined;
  readonly effect: Effect;
  readonly approval?: Approval;
}

export interface JudgedChange {
  readonly change: Change;
  readonly effect: Effect;
}

export interface Comparison {
  readonly blast: Blast;
  /** The most dangerous first, and those that nobody approved before the others. */
  readonly dangers: readonly FoundDanger[];
  /** The most dangerous first. */
  readonly changes: readonly JudgedChange[];
  /** Dangers that keep the pull request from being merged. */
  readonly unapproved: number;
  /** Approvals of what is not there. */
  readonly unused: readonly Approval[];
  readonly malformed: readonly Malformed[];
  /** Classes that failed, which is a fault of ours. */
  readonly failures: readonly { readonly id: string; readonly message: string }[];
}

export interface DiffOptions {
  /** `2026-01-31`, UTC. */
  readonly today: string;
  /** Text of the pull request. */
  readonly approvals?: string;
  readonly classes?: readonly DangerClass[];
}

/** A comparison of clusters that are given one after another, and let go of but for what changes in them. */
export interface Comparer {
  /** One cluster in both revisions; `undefined` in that in which it is not. */
  readonly add: (before: ClusterState | undefined, after: ClusterState | undefined) => void;
  /** Of all clusters that were added. */
  readonly compare: () => Comparison;
}

/** What differs between two revisions, how dangerous it is, and whether it was approved. */
export function diff(base: Revision, head: Revision, options: DiffOptions): Comparison {
  const { add, compare } = comparer(options);
  const before = new Map(base.clusters.map((cluster) => [cluster.name, cluster]));
  const after = new Map(head.clusters.map((cluster) => [cluster.name, cluster]));
  for (const name of new Set([...before.keys(), ...after.keys()])) add(before.get(name), after.get(name));
  return compare();
}

/** What `diff` does, for revisions of which not all clusters stand ready. */
export function comparer(options: DiffOptions): Comparer {
  const classes = options.classes ?? allClasses;
  const clusters: ChangedCluster[] = [];
  const blasts: ClusterBlast[] = [];
  const failures: Comparison['failures'][number][] = [];
  const found: FoundDanger[] = [];
  const effects = new Map<Change, Effect>();
  const effectOf = (change: Change): Effect => {
    const known = effects.get(change) ?? defaultEffect(change);
    effects.set(change, known);
    return known;
  };
  const collect = (danger: DangerClass, cluster: string | undefined, of: () => Iterable<Danger>): void => {
    try {
      for (const one of of()) {
        const effect = one.effect ?? danger.meta.effect;
        for (const change of one.changes) effects.set(change, worse(effectOf(change), effect));
        const address = word(cluster === undefined ? one.subject : `${cluster}/${one.subject}`);
        found.push({ ...one, meta: danger.meta, cluster, effect, address });
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ id: danger.meta.id, message: cluster === undefined ? message : `${cluster}: ${message}` });
    }
  };
  const add: Comparer['add'] = (before, after) => {
    const pair = pairOf(before, after, options.today);
    if (pair === undefined) return;
    for (const danger of classes) {
      // Of a cluster that goes, only that is said: every single loss in it would say the same again.
      if (pair.isGone !== (danger.gone === true)) continue;
      if (pair.changes.length > 0) collect(danger, pair.name, () => danger.find?.(pair) ?? []);
    }
    const { name, environment, changes } = pair;
    clusters.push({ name, environment, changes });
    blasts.push(clusterBlast(pair, effectOf));
  };
  const compare = (): Comparison => {
    const fleet = clusters.toSorted((left, right) => compareText(left.name, right.name));
    for (const danger of classes) collect(danger, undefined, () => danger.findInFleet?.(fleet, effectOf) ?? []);
    const read = parseApprovals(
      options.approvals ?? '',
      classes.map(({ meta }) => meta.id),
    );
    const judged = approve(found, read);
    return {
      blast: blastOf(blasts),
      dangers: judged.toSorted(mostDangerousFirst),
      changes: clusters
        .flatMap(({ changes }) => changes)
        .map((change) => ({ change, effect: effectOf(change) }))
        .toSorted((left, right) => rank(left.effect) - rank(right.effect) || byObject(left.change, right.change)),
      unapproved: judged.filter(isBlocking).length,
      unused: read.approvals.filter(
        ({ id, subject }) => !judged.some((one) => one.meta.id === id && one.address === subject),
      ),
      malformed: read.malformed,
      failures,
    };
  };
  return { add, compare };
}

export function isBlocking({ meta, approval }: FoundDanger): boolean {
  return meta.blocks && approval === undefined;
}

function approve(found: readonly FoundDanger[], { approvals }: Approvals): readonly FoundDanger[] {
  return found.map((danger) => {
    const approval = approvals.find(({ id, subject }) => id === danger.meta.id && subject === danger.address);
    return approval === undefined ? danger : { ...danger, approval };
  });
}

function mostDangerousFirst(left: FoundDanger, right: FoundDanger): number {
  return (
    Number(isBlocking(right)) - Number(isBlocking(left)) ||
    rank(left.effect) - rank(right.effect) ||
    compareText(left.meta.id, right.meta.id) ||
    compareText(left.address, right.address)
  );
}

function byObject(left: Change, right: Change): number {
  return compareText(left.cluster, right.cluster) || compareText(describe(left), describe(right));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function pairOf(
  before: ClusterState | undefined,
  after: ClusterState | undefined,
  today: string,
): ClusterPair | undefined {
  const either = after ?? before;
  if (either === undefined) return undefined;
  const { name, labels } = either;
  return {
    name,
    environment: labels['environment'],
    before: sideOf(before?.manifests ?? []),
    after: sideOf(after?.manifests ?? []),
    isNew: before === undefined,
    isGone: after === undefined,
    changes: clusterChanges(name, before, after),
    objects: sizeOf(before ?? after),
    today,
  };
}

function sizeOf(cluster: ClusterState | undefined): number {
  return cluster?.objects ?? cluster?.manifests.length ?? 0;
}
