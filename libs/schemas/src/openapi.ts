import type { GroupVersionKind } from './kinds.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** What is said of the structure and carries over; prose, defaults and examples do not. */
const kept = [
  ...['required', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties', 'uniqueItems', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum'],
];

/** How the API server reads amounts: `100m`, `1.5Gi`, `2e3`. */
const quantity = {
  type: ['string', 'number'],
  pattern: '^[+-]?(\\d+\\.?\\d*|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
};

/** Types that OpenAPI describes by words only, by the last part of their names. */
const wellKnown: Readonly<Record<string, JsonObject>> = {
  Quantity: quantity,
  IntOrString: { type: ['integer', 'string'] },
  Time: { type: 'string', format: 'date-time' },
  MicroTime: { type: 'string', format: 'date-time' },
  RawExtension: { type: 'object' },
  JSON: {},
};

/**
 * A strict, self-contained JSON Schema (draft 7) of one kind, from the OpenAPI v3 document that an API
 * server gives for its group and version. Strict: an object with properties has no others, unless the
 * server keeps unknown fields there. `status` is the server's and is left out, as are managed fields.
 *
 * @throws Error where the document does not have the kind
 */
export function fromOpenApi(document: Json, wanted: GroupVersionKind): JsonObject {
  const components = object(object(object(document).components).schemas);
  const root = Object.entries(components).find(([, schema]) => isOf(object(schema), wanted))?.[1];
  if (root === undefined) throw new Error(`the API server has no ${wanted.kind} in ${wanted.apiVersion}`);
  const definitions: Record<string, Json> = {};

  const convert = (schema: JsonObject): JsonObject => {
    const reference = referenceOf(schema);
    if (reference !== undefined) return refer(reference);
    if (schema['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'], ...pick(schema, kept) };
    const type = schema.nullable === true && typeof schema.type === 'string' ? [schema.type, 'null'] : schema.type;
    return {
      ...(type === undefined ? {} : { type }),
      ...(schema.format === 'byte' ? { pattern: '^[A-Za-z0-9+/]*={0,2}$' } : {}),
      ...pick(schema, kept),
      ...members(schema),
      ...(schema.items === undefined ? {} : { items: convert(object(schema.items)) }),
      ...conditions(schema),
    };
  };

  const members = (schema: JsonObject): JsonObject => {
    if (schema['x-kubernetes-preserve-unknown-fields'] === true && schema.properties === undefined) return {};
    if (typeof schema.additionalProperties === 'object') {
      return { additionalProperties: convert(object(schema.additionalProperties)) };
    }
    if (schema.type !== 'object' || schema.additionalProperties === true) return {};
    const properties = map(object(schema.properties), (property) => convert(object(property)));
    if (schema['x-kubernetes-embedded-resource'] === true) {
      Object.assign(properties, {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'object' },
      });
    }
    if (schema['x-kubernetes-preserve-unknown-fields'] === true) return { properties };
    return { ...(Object.keys(properties).length > 0 ? { properties } : {}), additionalProperties: false };
  };

  const refer = (reference: string): JsonObject => {
    const name = reference.slice(reference.lastIndexOf('.') + 1);
    const known = wellKnown[name];
    if (known !== undefined) return known;
    if (definitions[name] === undefined) {
      // Taken before it is filled: a type may hold itself.
      definitions[name] = {};
      definitions[name] = definition(name, object(components[reference]));
    }
    return { $ref: `#/definitions/${name}` };
  };

  const definition = (name: string, schema: JsonObject): JsonObject => {
    if (name !== 'ObjectMeta') return convert(schema);
    const { managedFields, ...properties } = object(schema.properties);
    return convert({ ...schema, properties });
  };

  const { status, metadata: own, ...properties } = object(object(root).properties);
  const required = list(object(root).required).filter((name) => name !== 'status');
  const converted = convert({ ...object(root), properties, required });
  const metadata = refer('ObjectMeta' in definitions ? 'ObjectMeta' : metaName(components));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...converted,
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...required])],
    properties: {
      ...object(converted.properties),
      apiVersion: { const: wanted.apiVersion },
      kind: { const: wanted.kind },
      metadata: { allOf: [metadata, { required: ['name'] }] },
    },
    ...(Object.keys(definitions).length > 0 ? { definitions: sorted(definitions) } : {}),
  };
}

/** `oneOf`, `anyOf`, `allOf` and `not` only narrow what stands beside them, so nothing is closed in them. */
function conditions(schema: JsonObject): JsonObject {
  const narrow = (inner: JsonObject): JsonObject => ({
    ...(typeof inner.type === 'string' ? { type: inner.type } : {}),
    ...pick(inner, kept),
    ...(inner.properties === undefined
      ? {}
      : { properties: map(object(inner.properties), (one) => narrow(object(one))) }),
    ...(inner.items === undefined ? {} : { items: narrow(object(inner.items)) }),
    ...conditions(inner),
  });
  const result: Record<string, Json> = {};
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    if (schema[key] !== undefined) result[key] = list(schema[key]).map((inner) => narrow(object(inner)));
  }
  if (schema.not !== undefined) result['not'] = narrow(object(schema.not));
  return result;
}

/** `{ $ref }`, or `{ allOf: [{ $ref }] }`, which OpenAPI needs to put a default or prose beside it. */
function referenceOf(schema: JsonObject): string | undefined {
  const inner = list(schema.allOf);
  const { $ref } = inner.length === 1 ? object(inner[0]) : schema;
  return typeof $ref === 'string' ? $ref.slice($ref.lastIndexOf('/') + 1) : undefined;
}

function isOf(schema: JsonObject, { apiVersion, kind }: GroupVersionKind): boolean {
  const [version, group = ''] = apiVersion.split('/').reverse();
  return list(schema['x-kubernetes-group-version-kind'])
    .map((one) => object(one))
    .some((one) => one.group === group && one.version === version && one.kind === kind);
}

function metaName(components: JsonObject): string {
  const name = Object.keys(components).find((key) => key.endsWith('.ObjectMeta'));
  if (name === undefined) throw new Error('the API server has no ObjectMeta');
  return name;
}

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function pick(source: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]])));
}

function map(source: JsonObject, change: (value: Json) => Json): Record<string, Json> {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, change(value)]));
}

function sorted(source: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(source).sort(([left], [right]) => (left < right ? -1 : 1)));
}
