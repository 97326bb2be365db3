export { clusterPage } from './cluster-page.ts';
export { columns } from './columns.ts';
export { edgePages } from './edge/pages.ts';
export type { FindingContext, FormatFindings } from './findings/context.ts';
export { findingFormats, isFindingFormat, type FindingFormat } from './findings/formats.ts';
export type { FindingsDocument, SpanDocument } from './findings/json.ts';
export { markdownFindings } from './findings/markdown.ts';
export { mermaid } from './mermaid.ts';
export { planJson, planTable } from './plan-table.ts';
