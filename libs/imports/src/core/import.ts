import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { credentialsIn, positionAt } from '@lgtm-fleet/diagnostics';
import { kindOf, seriesOfSource, targetsOf, type SourceFile } from '@lgtm-fleet/spec';
import { assemble, type Assembled } from './assemble.ts';
import type { DraftFile, ImportKind } from './draft.ts';
import { openLedger, type Entry, type NeededSecret } from './ledger.ts';

/** A file of the input that is no text, or too large, and why. */
export interface Unread {
  readonly path: string;
  readonly why: string;
}

/** What would come along, and the account of every leaf. */
export interface Imported {
  readonly kind: string;
  readonly cluster: string;
  /** `cluster.yaml`, and whether it is a cluster as it stands. */
  readonly draft: SourceFile;
  readonly valid: boolean;
  readonly faults: readonly Diagnostic[];
  readonly files: readonly DraftFile[];
  readonly sources: readonly ImportedSource[];
  readonly entries: readonly Entry[];
  readonly secrets: readonly NeededSecret[];
  /** To be decided, by the name of the entry of the draft. */
  readonly open: readonly { readonly name: string; readonly at: string; readonly question: string }[];
  readonly advice: readonly string[];
  /** Inputs that could not be read. */
  readonly unreadable: readonly Diagnostic[];
}

/** A source of the draft, as the plan counts it. */
export interface ImportedSource {
  readonly name: string;
  readonly kind: string;
  readonly targets: number;
  readonly series: number;
  readonly file: string;
  readonly line: number;
}

export interface ImportInputs {
  readonly cluster: string;
  readonly files: readonly SourceFile[];
  readonly unread?: readonly Unread[];
}

/** Runs an importer, and accounts for what it left. */
export function importFrom(kind: ImportKind, { cluster, files, unread = [] }: ImportInputs): Imported {
  const ledger = openLedger();
  const draft = kind.read({ cluster, files, ledger });
  const seen = ledger.files();
  for (const file of files) if (!seen.has(file.path)) ledger.whole(file);
  for (const { path, why } of unread) ledger.impossible(ledger.whole({ path, text: '' }), `not read: ${why}`);

  const header = ['yaml-language-server: $schema=../../schemas/cluster.schema.json'];
  const assembled = assemble(cluster, draft, header, ledger);
  const drafted = Object.values(assembled.entries).flat();
  return {
    kind: kind.name,
    cluster,
    draft: assembled.file,
    valid: assembled.cluster !== undefined,
    faults: assembled.faults,
    files: safeFiles(draft.files ?? [], ledger),
    sources: sourcesOf(assembled),
    entries: ledger.entries(),
    secrets: ledger.secrets(),
    open: drafted.flatMap(({ value: { name }, open = [] }) => open.map((one) => ({ name, ...one }))),
    advice: draft.advice ?? [],
    unreadable: ledger.faults(),
  };
}

function sourcesOf({ cluster, entries }: Assembled): readonly ImportedSource[] {
  return (cluster?.spec.ingest.sources ?? []).map((source, index) => ({
    name: source.name,
    kind: kindOf(source) ?? '',
    targets: targetsOf(source),
    series: seriesOfSource(source),
    file: entries.sources[index]?.origin.file ?? '',
    line: entries.sources[index]?.origin.line ?? 0,
  }));
}

/** What has the shape of a credential comes into no repository, wherever an input has it. */
function safeFiles(files: readonly DraftFile[], ledger: ReturnType<typeof openLedger>): readonly DraftFile[] {
  return files.filter(({ path, text, origin }) => {
    const [found] = credentialsIn(text);
    if (found === undefined) return true;
    const { line } = positionAt(text, found.start);
    ledger.impossible(
      origin,
      `${found.what} would stand in line ${line} of \`${path}\`: take it out of the input, and change it, since it is known`,
    );
    return false;
  });
}
