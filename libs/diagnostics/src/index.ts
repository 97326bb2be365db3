export { formatDiagnostic, formatDiagnostics, positionAt, visible } from './format.ts';
export { editDistance, nearest } from './nearest.ts';
export type { Diagnostic, Span } from './types.ts';
