import { stringify } from '@lgtm-fleet/yaml';
import type { Location } from './locate/locate.ts';
import type { Sources } from './locate/sources.ts';
import type { Edit, Finding, Fix, Remedy } from './types.ts';

/**
 * A remedy as edits of a text: the bytes around it stay as they are. There is none where the place is only
 * near the fault or where the file is generated.
 */
export function fixOf({ safe, value }: Remedy, location: Location, sources: Sources): Fix | undefined {
  const { file, span, exact } = location;
  const text = sources.read(file);
  if (!exact || span === undefined || text === undefined || sources.generated(file) !== undefined) return undefined;
  if (value === undefined) {
    // The line of the key goes, if it is a line of its own.
    const start = text.lastIndexOf('\n', span.start - 1) + 1;
    const end = text.indexOf('\n', span.end);
    const line = text.slice(start, end < 0 ? text.length : end);
    if (!/^\s*[\w./-]+:\s\S[^\n]*$/.test(line)) return undefined;
    return { safe, edits: [{ file, span: { start, end: end < 0 ? text.length : end + 1 }, text: '' }] };
  }
  if (typeof value === 'object' && value !== null) return undefined;
  const written = stringify({ value })
    .replace(/^value: /, '')
    .trimEnd();
  return { safe, edits: [{ file, span, text: written }] };
}

/** Edits by file that do not touch one another; of two that do, the first stays and the next run sees to the other. */
export function editsByFile(findings: readonly Finding[], unsafe: boolean): ReadonlyMap<string, readonly Edit[]> {
  const edits = findings.flatMap(({ fix }) => (fix !== undefined && (fix.safe || unsafe) ? fix.edits : []));
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits.toSorted((left, right) => left.span.start - right.span.start)) {
    const before = byFile.get(edit.file) ?? [];
    if ((before.at(-1)?.span.end ?? 0) <= edit.span.start) byFile.set(edit.file, [...before, edit]);
  }
  return byFile;
}

/** @param edits in order, none touching another */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let at = 0;
  let result = '';
  for (const { span, text: replacement } of edits) {
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}
