import type { Json } from './openapi.ts';

const width = 120;

/**
 * JSON that is small and still shows a change in a line or two: what fits on a line stays on it. Keys
 * are sorted, so that the text depends on the value alone.
 */
export function printJson(value: Json): string {
  return `${print(value, '')}\n`;
}

function print(value: Json, indent: string): string {
  const line = JSON.stringify(sortKeys(value));
  if (indent.length + line.length <= width || typeof value !== 'object' || value === null) return line;
  const inner = `${indent} `;
  if (isList(value)) return `[\n${value.map((item) => inner + print(item, inner)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(value).sort(byKey);
  const members = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`);
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function sortKeys(value: Json): Json {
  if (isList(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(byKey)
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
