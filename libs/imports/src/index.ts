export { importFrom, type Imported, type ImportedSource, type ImportInputs, type Unread } from './core/import.ts';
export type { Draft, DraftFile, Drafted, ImportKind, Inputs, OpenQuestion } from './core/draft.ts';
export type { Entry, Mark, NeededSecret, Outcome } from './core/ledger.ts';
export { kinds } from './kinds/index.ts';
export { jsonReport } from './report/json.ts';
export { markdownReport } from './report/markdown.ts';
export { countOf } from './report/rows.ts';
export { summary } from './report/summary.ts';
