/** What YAML and JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
/** Keys and indexes from the root of a document to a value. */
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; `undefined` where the path leads nowhere. */
export function get(value: Json | undefined, ...path: Path): Json | undefined {
  let at = value;
  for (const step of path) {
    if (isList(at)) at = typeof step === 'number' ? at[step] : undefined;
    else if (isObject(at)) at = Object.hasOwn(at, String(step)) ? at[String(step)] : undefined;
    else return undefined;
  }
  return at;
}

/** The list at a path; empty where there is none, so that rules can walk it. */
export function list(value: Json | undefined, ...path: Path): readonly Json[] {
  const found = get(value, ...path);
  return isList(found) ? found : [];
}

/** The object at a path; empty where there is none. */
export function object(value: Json | undefined, ...path: Path): JsonObject {
  const found = get(value, ...path);
  return isObject(found) ? found : {};
}

export function text(value: Json | undefined, ...path: Path): string | undefined {
  const found = get(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function number(value: Json | undefined, ...path: Path): number | undefined {
  const found = get(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The string values of an object at a path: labels, annotations, selectors. */
export function strings(value: Json | undefined, ...path: Path): Readonly<Record<string, string>> {
  const pairs = Object.entries(object(value, ...path));
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/** `Array.isArray` does not tell the compiler of read-only lists. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
