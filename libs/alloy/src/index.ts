export type * from './ast.ts';
export { maximumLength, parseAlloy, type ParsedFile } from './parse.ts';
export { formatAlloy } from './format.ts';
export { asReference, attributesOf, childrenOf, constantText, referencesOf, type Reference } from './walk.ts';
export { alloyRelease, components, configurationBlocks } from './catalogue/index.ts';
export type { ArgumentModel, BlockModel, BodyModel, ComponentModel, Kind } from './catalogue/read.ts';
export { checkWiring } from './wiring/check.ts';
export type { AlloyFinding, AlloyFindingId } from './wiring/finding.ts';
export { endpoints, type AlloyEndpoint } from './endpoints.ts';
