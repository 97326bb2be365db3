export { families } from './families/index.ts';
export { jobs } from './jobs.ts';
export { type RuleFile, ruleFiles } from './rule-files.ts';
export type * from './types.ts';
