import { nearest } from '@lgtm-fleet/diagnostics';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { schemaPath } from './kinds.ts';
import type { JsonObject } from './openapi.ts';

/** One thing that a schema does not allow. */
export interface SchemaFinding {
  readonly id: 'unknown-kind' | 'unknown-field' | 'missing-field' | 'wrong-type' | 'wrong-value';
  /** Where in the object: `['spec', 'template', 'spec', 'containers', 0]`; empty for the object itself. */
  readonly path: readonly (string | number)[];
  /** One sentence without a full stop; the path is not in it. */
  readonly message: string;
  readonly help?: string;
}

/** The schema at a path such as `apps-v1/deployment.json`, `undefined` where there is none. */
export type SchemaLookup = (path: string) => object | undefined;

/**
 * Checks Kubernetes objects against their schemas. A kind's schema is looked up and compiled when the
 * first object of it comes.
 *
 * @returns a function that returns every finding, none for a valid object
 */
export function schemaValidator(lookup: SchemaLookup): (object: unknown) => readonly SchemaFinding[] {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    // The API server's own expressions; Go's syntax is not quite that of JavaScript's `u` flag.
    unicodeRegExp: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    formats: { 'date-time': true },
  });
  const compiled = new Map<string, ValidateFunction | undefined>();
  return (object) => {
    const { apiVersion, kind } = isRecord(object) ? object : {};
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      return [{ id: 'missing-field', path: [], message: 'apiVersion and kind must be there, as text' }];
    }
    const path = schemaPath({ apiVersion, kind });
    if (!compiled.has(path)) {
      const schema = lookup(path);
      compiled.set(path, schema === undefined ? undefined : ajv.compile(schema));
    }
    const validate = compiled.get(path);
    if (validate === undefined) {
      return [{ id: 'unknown-kind', path: [], message: `there is no schema for ${kind} in ${apiVersion}` }];
    }
    validate(object);
    return findings(validate.errors ?? [], object);
  };
}

function findings(errors: readonly ErrorObject[], object: unknown): readonly SchemaFinding[] {
  const seen = new Map<string, SchemaFinding>();
  for (const error of errors) {
    const finding = explain(error, object);
    const key = JSON.stringify([finding.path, finding.message]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

function explain(error: ErrorObject, object: unknown): SchemaFinding {
  const path = segments(error.instancePath, object);
  const at = path.length === 0 ? 'the object' : `'${String(path.at(-1))}'`;
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const known = Object.keys((error.parentSchema as { properties?: JsonObject } | undefined)?.properties ?? {});
      const meant = nearest(name, known);
      const help = meant === undefined ? undefined : `did you mean '${meant}'?`;
      const message = `unknown field '${name}'`;
      return { id: 'unknown-field', path: [...path, name], message, ...(help === undefined ? {} : { help }) };
    }
    case 'required':
      return { id: 'missing-field', path, message: `${at} needs the field '${String(params.missingProperty)}'` };
    case 'type':
      return {
        id: 'wrong-type',
        path,
        message: `${at} must be ${[params.type].flat().map(String).join(' or ')}, not ${typeOf(error.data)}`,
      };
    case 'enum':
    case 'const': {
      const allowed = [params.allowedValues ?? params.allowedValue].flat().map((one) => JSON.stringify(one));
      const message = `${at} must be ${allowed.join(' or ')}, not ${JSON.stringify(error.data)}`;
      return { id: 'wrong-value', path, message };
    }
    default:
      return { id: 'wrong-value', path, message: `${at} ${error.message ?? 'is not allowed'}` };
  }
}

/** A JSON Pointer as a path; positions in lists become numbers. */
function segments(pointer: string, root: unknown): (string | number)[] {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const inList = Array.isArray(value);
      value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
      return inList ? Number(key) : key;
    });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
