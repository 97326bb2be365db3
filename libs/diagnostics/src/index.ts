export { credentialsIn, masked, type CredentialShape } from './credentials.ts';
export { codeFrame, countSeverities, formatDiagnostic, formatDiagnostics, positionAt, visible } from './format.ts';
export {
  markdownBlock,
  markdownCell,
  markdownCode,
  markdownHtmlCode,
  markdownInline,
  markdownText,
} from './markdown.ts';
export { editDistance, nearest } from './nearest.ts';
export type { Diagnostic, Note, Span } from './types.ts';
