import type { YamlValue } from './stringify.ts';

const WIDTH = 120;

/**
 * JSON for people: what fits a line stands on one, and the rest has a line for each key. Keys keep the order in which
 * they were written; `undefined` values are left out.
 */
export function stringifyJson(value: YamlValue): string {
  return `${lines(value, '', 0)}\n`;
}

/** @param taken columns before the value on its first line */
function lines(value: YamlValue, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const list = isList(value);
  const items = list
    ? value.map((item) => lines(item, inner, inner.length))
    : entriesOf(value).map(([key, child]) => {
        const head = `${JSON.stringify(key)}: `;
        return head + lines(child, inner, inner.length + head.length);
      });
  const [open, close] = list ? '[]' : '{}';
  // One is for the comma after it. What fits within this value had more room below it, and stands on one line there too.
  const flat = oneLine(items, list ? 0 : 1, WIDTH - taken - 1);
  if (flat !== undefined) return `${open}${flat}${close}`;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Items beside one another, absent where they have no room between their brackets. */
function oneLine(items: readonly string[], padding: number, room: number): string | undefined {
  if (items.length === 0) return '';
  // There is one separator fewer than items, which makes up for the brackets.
  let length = 2 * padding;
  for (const item of items) {
    length += item.length + 2;
    // A string has its line breaks escaped.
    if (length > room || item.includes('\n')) return undefined;
  }
  const space = ' '.repeat(padding);
  return `${space}${items.join(', ')}${space}`;
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function entriesOf(value: {
  readonly [key: string]: YamlValue | undefined;
}): readonly (readonly [string, YamlValue])[] {
  return Object.entries(value).filter((entry): entry is [string, YamlValue] => entry[1] !== undefined);
}
