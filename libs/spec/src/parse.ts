import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { Document } from 'yaml';
import { check } from './check.ts';
import { explain, isMisspelt, type Issue } from './explain.ts';
import { read } from './read.ts';
import type { SourceFile } from './source.ts';
import { clusterSchema, type ClusterSpec } from './schema.ts';

export interface ParsedCluster {
  readonly source: SourceFile;
  readonly document: Document.Parsed;
  readonly cluster: ClusterSpec;
}

export type Parsed =
  | { readonly ok: true; readonly value: ParsedCluster }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A file is parsed once: compiling a parser for each object would cost more than it saves. */
const ONCE = { reportInput: false, jitless: true };

/** One cluster file, checked in itself: all that is wrong with it at once. */
export function parse(source: SourceFile): Parsed {
  const text = read(source);
  if (!text.ok) return text;
  const { document } = text;
  const shape = clusterSchema.safeParse(document.toJS({ maxAliasCount: 0 }), ONCE);
  if (!shape.success) {
    const { issues } = shape.error;
    const diagnostics = telling(issues).flatMap((issue) => explain(issue, document, source));
    return { ok: false, diagnostics: inOrder(diagnostics) };
  }
  const faults = check(shape.data, document, source);
  if (faults.length > 0) return { ok: false, diagnostics: inOrder(faults) };
  return { ok: true, value: { source, document, cluster: shape.data } };
}

/** Without those that only follow from another: a text where a list belongs is not also too long. */
function telling(issues: readonly Issue[]): readonly Issue[] {
  const last = new Map<string, Issue>();
  for (const issue of issues) {
    const path = JSON.stringify(issue.path);
    const other = last.get(path);
    // Of two limits the later one is the narrower: zod checks that a whole number can be held before its range.
    if (other === undefined || (other.code !== 'invalid_type' && other.code !== 'unrecognized_keys'))
      last.set(path, issue);
  }
  return [...last.values()].filter((issue) => !isMisspelt(issue, issues));
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((left, right) => (left.span?.start ?? 0) - (right.span?.start ?? 0));
}
