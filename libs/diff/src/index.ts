export { approvalLine, parseApprovals, word, type Approval, type Approvals, type Malformed } from './approvals.ts';
export type { Blast, ClusterBlast } from './blast.ts';
export { classes } from './classes/index.ts';
export {
  comparer,
  diff,
  isBlocking,
  type Comparer,
  type Comparison,
  type DiffOptions,
  type FoundDanger,
  type JudgedChange,
} from './diff.ts';
export { jsonReport } from './format/json.ts';
export { MARKER, markdownReport, MAX_COMMENT } from './format/markdown.ts';
export { prettyReport } from './format/pretty.ts';
export type { Change, ClassMeta, ClusterState, DangerClass, Effect, FieldChange, Revision, Step } from './types.ts';
