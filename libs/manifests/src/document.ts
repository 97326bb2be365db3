import { readYaml } from '@lgtm-fleet/yaml';
import type { Json } from './json.ts';

const MAX_DEPTH = 100;
const MAX_VALUES = 200_000;

export interface ReadDocument {
  /** Nothing for what is no document of YAML or JSON, for an empty one, and for several. */
  readonly value: Json | undefined;
  /** What keeps it from being read, and its offset. */
  readonly fault?: { readonly message: string; readonly at: number };
}

/** Reads a YAML or JSON document; one that repeats itself without end is not read. */
export function readDocument(content: string): ReadDocument {
  const read = readYaml(content);
  if (!read.ok) return { value: undefined, fault: { message: read.message, at: read.at } };
  const [value, ...others] = read.documents;
  if (value === undefined || others.length > 0) return { value: undefined };
  if (isTree(value)) return { value };
  return { value: undefined, fault: { message: 'it repeats itself by aliases, or holds what JSON cannot say', at: 0 } };
}

/** False where aliases make more of it than anybody writes, and for dates and other things that are not JSON. */
function isTree(document: unknown): document is Json {
  let left = MAX_VALUES;
  const visit = (value: unknown, depth: number): boolean => {
    left -= 1;
    if (left < 0 || depth > MAX_DEPTH) return false;
    if (typeof value !== 'object') return value !== undefined && typeof value !== 'bigint';
    if (value === null) return true;
    if (Object.prototype.toString.call(value) === '[object Date]') return false;
    for (const child of Array.isArray(value) ? value : Object.values(value)) if (!visit(child, depth + 1)) return false;
    return true;
  };
  return visit(document, 0);
}
