export { formatDiagnostic, formatDiagnostics, positionAt } from './format.ts';
export { editDistance, nearest } from './nearest.ts';
export type { Diagnostic, Span } from './types.ts';
