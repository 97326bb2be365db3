import type { SourceFile } from '@lgtm-fleet/spec';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { Ledger } from './ledger.ts';
import type { SourceNode } from './node.ts';

export type YamlMap = Readonly<Record<string, YamlValue | undefined>>;

/** What an importer is given. Paths are relative to what `--from` names, with `/`. */
export interface Inputs {
  /** Name of the cluster that is drafted. */
  readonly cluster: string;
  /** Every file that is text. */
  readonly files: readonly SourceFile[];
  readonly ledger: Ledger;
}

/** An entry of `spec.ingest.sources`, `senders` or `hosts`, with what it was made from. */
export interface Drafted {
  readonly value: YamlMap & { readonly name: string };
  /** Said to be impossible as a whole where the cluster file would refuse the entry. */
  readonly origin: SourceNode;
  /** What nobody but a person knows; the draft has a guess there. */
  readonly open?: readonly OpenQuestion[];
}

export interface OpenQuestion {
  /** Keys below the entry, joined by `/`: `http/ports`. */
  readonly at: string;
  readonly question: string;
}

/** A file that comes along, by its path below `clusters/<name>/`: `rules/node.yaml`, `dashboards/node.json`. */
export interface DraftFile {
  readonly path: string;
  readonly text: string;
  /** What it was made from: said to be impossible where a credential stands in the text. */
  readonly origin: SourceNode;
}

/** What an importer makes of its inputs. */
export interface Draft {
  /** `spec` without `ingest` and without `load.metrics.activeSeries`, which follows from the sources. */
  readonly spec: YamlMap;
  readonly labels?: Readonly<Record<string, string>>;
  /** Comments by path below `spec`, as `stringify` takes them: `{ 'retention/metrics': 'prometheus.yml:12' }`. */
  readonly comments?: Readonly<Record<string, string>>;
  readonly sources?: readonly Drafted[];
  readonly senders?: readonly Drafted[];
  readonly hosts?: readonly Drafted[];
  readonly files?: readonly DraftFile[];
  /** Series that are not those of the entries above, such as what the cluster itself sends; 20k unless said. */
  readonly otherSeries?: number;
  /** What the inputs do not say and somebody has to decide, or what is otherwise than before. A sentence each. */
  readonly advice?: readonly string[];
}

/** Reads what a team runs today. Pure, and never throws for what an input says. */
export interface ImportKind {
  readonly name: string;
  /** What it reads, in a sentence for `--help` and the report. */
  readonly description: string;
  readonly read: (inputs: Inputs) => Draft;
}
