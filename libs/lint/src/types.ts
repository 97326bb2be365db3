import type { Span } from '@lgtm-fleet/diagnostics';
import type { Json, Manifest, Path } from '@lgtm-fleet/manifests';
import type { ClusterView } from './view/cluster.ts';
import type { ConfigFile } from './view/config-file.ts';

/** `error`: it will break, or lose data. `warning`: it will, under some load or fault. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

export type Family =
  | 'rings'
  | 'network'
  | 'storage'
  | 'kafka'
  | 'tenancy'
  | 'grafana'
  | 'alloy'
  | 'queries'
  | 'kubernetes'
  | 'gitops'
  | 'releases'
  | 'fleet';

/** Everything that is said about a rule anywhere: index, docs, SARIF. */
export interface RuleMeta {
  /** Kebab-case, names the bad thing; the name of the rule's folder. */
  readonly id: string;
  readonly family: Family;
  readonly severity: Severity;
  /** One sentence: what the rule finds. */
  readonly description: string;
  /** One or two sentences: what happens to those who ignore it. */
  readonly why: string;
  /** An incident or a page of documentation that shows it. */
  readonly source?: string;
}

/**
 * What a rule looks at. `kinds` with `manifest` is called for each rendered resource of those kinds (so
 * that large clusters stay fast), `cluster` once a cluster, `fleet` (`fleetCheck`) on what all clusters claim. A rule
 * is a pure function.
 */
export interface Rule {
  readonly meta: RuleMeta;
  readonly kinds?: readonly string[];
  readonly manifest?: (manifest: Manifest, cluster: ClusterView) => Iterable<Report>;
  readonly cluster?: (cluster: ClusterView) => Iterable<Report>;
  readonly fleet?: FleetCheck;
}

/** One comparison of the clusters of a fleet, begun anew for each run. */
export type FleetCheck = () => {
  readonly add: (cluster: ClusterView) => void;
  readonly compare: () => Iterable<Report>;
};

/** Where something is wrong, as the rule sees it. The engine turns it into a line of what a person must edit. */
export type Place =
  /** A path in a rendered resource; a path that is not there means its nearest parent. */
  | { readonly in: 'manifest'; readonly manifest: Manifest; readonly path: Path }
  /** A path in a configuration file that is YAML, or a span of any other. */
  | { readonly in: 'config'; readonly config: ConfigFile; readonly path: Path }
  | { readonly in: 'config'; readonly config: ConfigFile; readonly span: Span }
  /** A path in the cluster file. */
  | { readonly in: 'spec'; readonly cluster: string; readonly path: Path }
  /** A path in a YAML file of the repository: a kustomization; or a span of any other. */
  | { readonly in: 'file'; readonly file: string; readonly path: Path }
  | { readonly in: 'file'; readonly file: string; readonly span: Span };

/** What to write instead, at the place of the report. Safe: nothing but the fault changes. */
export interface Remedy {
  readonly safe: boolean;
  /** Present: the value there becomes this one. Absent: the key and its value go. */
  readonly value?: Json;
}

/** What a rule says. */
export interface Report {
  readonly place: Place;
  /** What is wrong, one sentence without a full stop, names and values in backquotes. */
  readonly message: string;
  /** What to do, one sentence without a full stop. */
  readonly help?: string;
  /** Short text beside the carets. */
  readonly label?: string;
  /** Where the value comes from in the cluster file, if the rule knows: `['spec', 'retention', 'logs']`. */
  readonly derivedFrom?: Path;
  readonly remedy?: Remedy;
}

/** One edit of a text: the span is replaced. */
export interface Edit {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** What people, and the formats, get. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly label?: string;
  /** Path from the repository's root. */
  readonly file: string;
  /** Absent where the whole file is meant. */
  readonly span?: Span;
  /** The object that shows it, where there is one: `StatefulSet observability/loki`. */
  readonly object?: string;
  /** The clusters that have it: a fault of a base shows in many. Sorted. */
  readonly clusters: readonly string[];
  readonly fix?: Fix;
}
