import { masked } from '@lgtm-fleet/diagnostics';
import type { Imported } from '../core/import.ts';
import { countOf, outcomes } from './rows.ts';

/** The whole account for programs: every leaf, with its place and outcome. */
export function jsonReport(imported: Imported): string {
  const { kind, cluster, valid, faults, sources, entries, secrets, open, advice, unreadable, files, draft } = imported;
  const document = {
    version: 1,
    kind,
    cluster,
    valid,
    counts: Object.fromEntries(outcomes.map((outcome) => [outcome, countOf(entries, outcome)])),
    entries: entries.map(({ file, line, path, outcome, mark }) => ({
      file,
      line,
      path,
      outcome,
      ...(mark?.to !== undefined && { to: mark.to }),
      ...(mark?.note !== undefined && { note: mark.note }),
    })),
    sources,
    secrets,
    open,
    advice,
    faults: faults.map(({ message, help }) => ({ message, help })),
    unreadable: unreadable.map(({ file, message }) => ({ file, message })),
    files: [draft.path, ...files.map(({ path }) => `clusters/${cluster}/${path}`)],
  };
  return `${JSON.stringify(document, (_, value: unknown) => (typeof value === 'string' ? masked(value) : value), 2)}\n`;
}
