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
  // One is for the comma after it.
  const flat = oneLine(value, WIDTH - taken - 1);
  if (flat !== undefined) return flat;
  const inner = `${indent}  `;
  if (isList(value)) {
    const items = value.map((item) => inner + lines(item, inner, inner.length));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const items = entriesOf(value).map(([key, child]) => {
    const head = `${inner}${JSON.stringify(key)}: `;
    return head + lines(child, inner, head.length);
  });
  return `{\n${items.join(',\n')}\n${indent}}`;
}

/** Absent where it has no room: what comes after that is not looked at. */
function oneLine(value: YamlValue, room: number): string | undefined {
  if (typeof value !== 'object' || value === null) return within(JSON.stringify(value), room);
  const list = isList(value);
  let text = list ? '[' : '{';
  for (const [key, child] of list ? value.map((item) => ['', item] as const) : entriesOf(value)) {
    if (text.length > 1) text += ', ';
    else if (!list) text += ' ';
    if (!list) text += `${JSON.stringify(key)}: `;
    const part = oneLine(child, room - text.length);
    if (part === undefined) return undefined;
    text += part;
  }
  return within(list ? `${text}]` : text.length > 1 ? `${text} }` : '{}', room);
}

function within(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined;
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function entriesOf(value: {
  readonly [key: string]: YamlValue | undefined;
}): readonly (readonly [string, YamlValue])[] {
  return Object.entries(value).filter((entry): entry is [string, YamlValue] => entry[1] !== undefined);
}
