import type { DataSourceSignal, Plan } from '@lgtm-fleet/plan';
import type { RunbookName } from '@lgtm-fleet/runbooks';
import type { Target, Unit, Variable, Visual } from './sdk.ts';

/** What a query asks for: one of the three data sources of a page. */
export type Signal = Exclude<DataSourceSignal, 'alerts'>;

export type Language = 'promql' | 'logql' | 'traceql';

export interface Query {
  readonly signal: Signal;
  /** Absent for what is no query of a language: Tempo's map of services. */
  readonly language?: Language;
  readonly text: string;
  /** `range`: points over time. `instant`: as of now. `lines`: log lines. `traces`: traces found. */
  readonly kind: 'range' | 'instant' | 'lines' | 'traces' | 'map';
  readonly target: Target;
}

/** A panel before it has its place. */
export interface Tile {
  readonly title: string;
  readonly description?: string;
  /** Of 24 columns. */
  readonly width: number;
  readonly height: number;
  readonly queries: readonly Query[];
  readonly visual: Visual;
  readonly transformations?: readonly Transformation[];
  /** The page to read when it looks bad. */
  readonly runbook?: RunbookName;
}

export interface Transformation {
  readonly id: string;
  readonly options: { readonly [key: string]: unknown };
}

export interface Row {
  readonly title: string;
  readonly tiles: readonly Tile[];
}

/** A value from which on it is looked at, and why that value. */
export interface Threshold {
  readonly at: number;
  readonly color: 'green' | 'yellow' | 'orange' | 'red';
}

export type FolderName = 'kubernetes' | 'services' | 'fleet';

/** Whose telemetry a page shows when it is opened: that of the stack itself, or of as many tenants as one sees together. */
export type Audience = 'stack' | 'tenants';

/** One dashboard. Each file below `pages/` exports one. */
export interface Page {
  /** Never changes: links and bookmarks name it. */
  readonly uid: string;
  readonly title: string;
  /** One or two sentences: what it answers. */
  readonly description: string;
  readonly folder: FolderName;
  readonly audience: Audience;
  /** Where there is anything to show; on every hub unless said. */
  readonly applies?: (plan: Plan) => boolean;
  /** Those that follow the data sources. */
  readonly variables: (plan: Plan) => readonly Variable[];
  readonly rows: (plan: Plan) => readonly Row[];
}

export type { Unit };
