import type { Json, Manifest } from '@lgtm-fleet/manifests';
import type { Phrase } from './phrase.ts';
import type { Side } from './view/side.ts';

/** One cluster at one revision: what Argo CD would apply. */
export interface ClusterState {
  readonly name: string;
  /** `metadata.labels` of its cluster file; `environment` among them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Rendered. Folders that are alike in both revisions may be left out of both. */
  readonly manifests: readonly Manifest[];
  /** How many objects the cluster has with those that were left out. Absent: `manifests` are all. */
  readonly objects?: number;
}

/** All clusters of the repository at one revision. */
export interface Revision {
  readonly clusters: readonly ClusterState[];
}

/** What a change does to those who use the cluster, most dangerous first. */
export const EFFECTS = ['data-loss', 'downtime', 'exposure', 'restart', 'scale', 'cosmetic'] as const;
export type Effect = (typeof EFFECTS)[number];

/** A step into a value: a field, an element of a list by what it says of itself, or by its place. */
export type Step = string | number | { readonly by: string; readonly is: string };

/** One value that differs. Absent `before`: it is new; absent `after`: it goes. */
export interface FieldChange {
  readonly path: readonly Step[];
  readonly before?: Json;
  readonly after?: Json;
}

/** One object that differs. */
export interface Change {
  readonly cluster: string;
  readonly action: 'added' | 'removed' | 'changed' | 'renamed';
  readonly kind: string;
  /** Without the hash of its content, where it has one. */
  readonly name: string;
  readonly namespace: string;
  readonly before?: Manifest;
  readonly after?: Manifest;
  /** Where `changed` or `renamed`; empty where only comments of a configuration file differ. */
  readonly fields: readonly FieldChange[];
  /** Workloads whose pods are replaced because of it: `StatefulSet observability/loki`. */
  readonly rolls: readonly string[];
  /** Its Application goes without taking its objects along: Argo CD leaves it running, and cares no more. */
  readonly orphaned: boolean;
}

/** Everything that is said about a class of danger anywhere. */
export interface ClassMeta {
  /** Kebab-case, names the danger; the name of its folder. */
  readonly id: string;
  /** Families of dangers share a number: `D09`. */
  readonly danger: string;
  /** The worst that it does. */
  readonly effect: Effect;
  /** True: the pull request fails until it carries an approval. */
  readonly blocks: boolean;
  /** One sentence: what the class finds. */
  readonly description: string;
  /** What happens, or happened, to those who did not notice. */
  readonly why: string;
  /** An incident, or the documentation that says so. */
  readonly source: string;
}

/** What a class says of one cluster. */
export interface Danger {
  /** What an approval must name after the cluster: `mimir`, `StatefulSet/observability/loki`. */
  readonly subject: string;
  /** What changes, without a full stop. */
  readonly message: Phrase;
  /** What that does to data, or to those who read and write it. */
  readonly consequence: Phrase;
  /** Less than the worst of its class, where this one does less. */
  readonly effect?: Effect;
  /** Changes that do it: they are shown with it, and have at least its effect. */
  readonly changes: readonly Change[];
}

/** One cluster as classes see it. A side is empty where the cluster is not in that revision. */
export interface ClusterPair {
  readonly name: string;
  readonly environment: string | undefined;
  readonly before: Side;
  readonly after: Side;
  readonly isNew: boolean;
  readonly isGone: boolean;
  readonly changes: readonly Change[];
  /** How many objects it has, in the base where it is there. */
  readonly objects: number;
  /** `2026-01-31`, UTC. */
  readonly today: string;
}

/** What is still known of a cluster when all were looked at; a large fleet does not fit into memory as a whole. */
export type ChangedCluster = Pick<ClusterPair, 'name' | 'environment' | 'changes'>;

/** A class of danger: pure functions of two revisions. */
export interface DangerClass {
  readonly meta: ClassMeta;
  /** Called for each cluster that is in the head; with `gone` also for one that is not. */
  readonly find?: (pair: ClusterPair) => Iterable<Danger>;
  readonly gone?: boolean;
  /** Called once for all clusters; such a danger belongs to `fleet`. */
  readonly findInFleet?: (clusters: readonly ChangedCluster[], effectOf: EffectOf) => Iterable<Danger>;
}

export type EffectOf = (change: Change) => Effect;

export function worse(left: Effect, right: Effect): Effect {
  return EFFECTS.indexOf(left) <= EFFECTS.indexOf(right) ? left : right;
}
