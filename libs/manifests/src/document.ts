import { load } from 'js-yaml';
import type { Json } from './json.ts';

const MAX_CHARACTERS = 4 * 1024 * 1024;
const MAX_DEPTH = 100;
const MAX_VALUES = 200_000;

/** A YAML or JSON document; undefined where it is none, or one that repeats itself without end. */
export function readDocument(content: string): Json | undefined {
  if (content.length > MAX_CHARACTERS) return undefined;
  try {
    const value: unknown = load(content);
    return isTree(value) ? value : undefined;
  } catch {
    // Not YAML, or nested deeper than the stack.
    return undefined;
  }
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
