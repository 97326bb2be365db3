export { engineRules } from './engine-rules.ts';
export { lint, linter, type Linter, type LintInput } from './engine.ts';
export { applyEdits, editsByFile } from './fix.ts';
export { byCloseness, type Sources } from './locate/sources.ts';
export { rules } from './rules/index.ts';
export type * from './types.ts';
export type { ClusterInput, ClusterView, SourceDocument, SourceText } from './view/cluster.ts';
export type { ConfigFile } from './view/config-file.ts';
