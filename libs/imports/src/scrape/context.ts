import type { SourceFile } from '@lgtm-fleet/spec';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';

/** What a job of Prometheus' vocabulary is read with, wherever it stands: in Prometheus, an agent, or a chart. */
export interface ScrapeContext {
  readonly ledger: Ledger;
  /** Gives each source a name of its own. */
  readonly name: (wanted: string) => string;
  /** What the jobs inherit. */
  readonly defaults: ScrapeDefaults;
  /** Files that a path in the configuration may mean; see `filesAt`. */
  readonly filesAt: (pattern: string) => readonly SourceFile[];
  /** Modules of blackbox_exporter, where its configuration is among the inputs. */
  readonly modules: ReadonlyMap<string, SourceNode> | undefined;
}

export interface ScrapeDefaults {
  /** Seconds; said of each source, because `load.metrics.scrapeInterval` cannot say it. */
  readonly interval?: number;
  /** Seconds, where it is not the ten of Prometheus. */
  readonly timeout?: number;
  readonly limits?: Readonly<Record<string, number>>;
  readonly nativeHistograms?: boolean;
}

/** A source under way: what is read, and what makes the whole of it impossible. */
export interface Reading extends ScrapeContext {
  /** Where it goes, for the report: `ingest.sources[node]`. */
  readonly to: string;
  /** Name of the source, for its Secret. */
  readonly source: string;
  /** Reasons for which the whole job cannot come along. */
  readonly fatal: string[];
}
