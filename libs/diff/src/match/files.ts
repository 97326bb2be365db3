import type { Json } from '@lgtm-fleet/manifests';
import { own } from '../fields/own.ts';
import { load } from 'js-yaml';

const MAX_CHARACTERS = 4 * 1024 * 1024;
const MAX_DEPTH = 100;
const MAX_VALUES = 200_000;

/** Comments of the formats that programs of the stack read, by the end of the file's name. */
const COMMENTS: Readonly<Record<string, RegExp>> = {
  alloy: /^\/\//,
  river: /^\/\//,
  conf: /^#/,
  properties: /^[#!]/,
  txt: /^#/,
  ini: /^[#;]/,
};

/**
 * What a configuration file says, without what it does not say: comments, blank lines, layout. YAML and JSON become
 * values, properties become an object, any other text a list of lines. What cannot be read stays text.
 */
export function fileValue(name: string, content: string): Json {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (content.length > MAX_CHARACTERS) return content;
  if (['yaml', 'yml', 'json'].includes(extension)) return parsed(content) ?? content;
  const comment = own(COMMENTS, extension);
  if (comment === undefined) return content.includes('\n') ? content.trimEnd().split('\n') : content;
  const lines = content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !comment.test(line));
  return extension === 'properties' ? properties(lines) : lines;
}

/** A YAML document; undefined where it is none, or one that repeats itself without end. */
export function parsed(content: string): Json | undefined {
  if (content.length > MAX_CHARACTERS) return undefined;
  try {
    const value: unknown = load(content);
    return isTree(value) ? value : undefined;
  } catch {
    // Not YAML, or nested deeper than the stack: compared as text.
    return undefined;
  }
}

function properties(lines: readonly string[]): Json {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.search(/[=:]/);
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
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
