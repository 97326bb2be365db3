export { bucketNames } from './buckets.ts';
export { checkFleet } from './fleet.ts';
export { clusterJsonSchema } from './json-schema.ts';
export { parse } from './parse.ts';
export type { Parsed, ParsedCluster } from './parse.ts';
export { decode, lossy, MAX_BYTES, tooLarge } from './decode.ts';
export type { SourceFile } from './source.ts';
export { clusterSchema, defaultRetention } from './schema.ts';
export type { ClusterSpec } from './schema.ts';
