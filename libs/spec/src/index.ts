export { bucketNames } from './buckets.ts';
export { checkFleet } from './fleet.ts';
export { clusterJsonSchema } from './json-schema.ts';
export { parse } from './parse.ts';
export type { Parsed, ParsedCluster } from './parse.ts';
export { decode } from './read.ts';
export type { SourceFile } from './read.ts';
export { clusterSchema, defaultRetention } from './schema.ts';
export type { ClusterSpec } from './schema.ts';
