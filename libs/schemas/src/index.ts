export { kinds, schemaPath } from './kinds.ts';
export type { GroupVersionKind } from './kinds.ts';
export { fromOpenApi } from './openapi.ts';
export type { Json, JsonObject } from './openapi.ts';
export { printJson } from './print.ts';
export { schemaValidator } from './validate.ts';
export type { SchemaFinding, SchemaLookup } from './validate.ts';
