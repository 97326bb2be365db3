import { nearest, type Diagnostic } from '@lgtm-fleet/diagnostics';
import type { Document } from 'yaml';
import { z } from 'zod';
import { has, scalarAt, spanOfKey, spanOfValue, type Path } from './locate.ts';
import type { SourceFile } from './source.ts';
import { LABEL } from './names.ts';
import { clusterSchema } from './schema.ts';

export type Issue = z.core.$ZodIssue;

/** What the schema refuses, as diagnostics a person can act on. */
export function explain(issue: Issue, document: Document.Parsed, source: SourceFile): Diagnostic[] {
  const path: Path = issue.path;
  const name = dotted(path);
  const say = (id: string, message: string, label: string | undefined, help?: string): Diagnostic[] => [
    {
      file: source.path,
      severity: 'error',
      id,
      message,
      span: spanOfValue(document, path),
      ...(label !== undefined && { label }),
      ...(help !== undefined && { help }),
    },
  ];
  const written = scalarAt(document, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, document, source, path);
    case 'invalid_type':
    case 'invalid_union': {
      const type =
        issue.code === 'invalid_union'
          ? 'string'
          : schemaAt(path) instanceof z.ZodNumberFormat
            ? 'int'
            : issue.expected;
      const expected = issue.message.startsWith('Invalid') ? article(type) : issue.message;
      if (!has(document, path))
        return say('missing-key', `\`${name}\` is missing`, `expected \`${String(path.at(-1))}\``);
      const at = name === '' ? 'the file' : `\`${name}\``;
      if (written?.value === null) return say('missing-value', `${at} has no value`, `expected ${expected}`);
      if (expected !== article(type))
        return say(
          typeof written?.value === 'number' ? 'missing-unit' : 'wrong-type',
          `${at} ${typeof written?.value === 'number' ? 'has no unit' : 'is not a quantity'}`,
          `expected ${expected}`,
        );
      return say('wrong-type', `${at} is not ${expected}`, `expected ${expected}`, rewrite(type, written));
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (!has(document, path))
        return say('missing-key', `\`${name}\` is missing`, `expected \`${String(path.at(-1))}: ${values[0] ?? ''}\``);
      const meant = written === undefined ? undefined : nearest(String(written.value), values);
      const help =
        written !== undefined && typeof written.value === 'number' && values.includes(written.written)
          ? `put it in quotes: \`"${written.written}"\``
          : meant === undefined
            ? undefined
            : `did you mean \`${meant}\`?`;
      return say(
        'unknown-value',
        written?.value === null ? `\`${name}\` has no value` : `\`${name}\` cannot have this value`,
        `expected ${oneOf(values)}`,
        help,
      );
    }
    case 'invalid_format':
      return say('wrong-form', `\`${name}\` has not the form it needs`, `expected ${formExpected(issue)}`);
    case 'too_big':
    case 'too_small': {
      const big = issue.code === 'too_big';
      const limit = big ? issue.maximum : issue.minimum;
      const unit = issue.origin === 'string' ? 'character' : issue.origin === 'array' ? 'item' : '';
      const amount = `${String(limit)}${unit === '' ? '' : ` ${unit}${Number(limit) === 1 ? '' : 's'}`}`;
      return say(
        'out-of-range',
        `\`${name}\` is too ${unit === '' ? (big ? 'large' : 'small') : big ? 'long' : 'short'}`,
        `expected at ${big ? 'most' : 'least'} ${amount}`,
      );
    }
    case 'custom': {
      const expected = typeof issue.params?.['expected'] === 'string' ? issue.params['expected'] : issue.message;
      if (issue.message === 'out of range')
        return say('out-of-range', `\`${name}\` is out of range`, `expected ${expected}`);
      const text = String(written?.value);
      if (/^\d+(\.\d+)?$/.test(text)) return say('missing-unit', `\`${name}\` has no unit`, `expected ${expected}`);
      return say(
        'wrong-unit',
        `\`${name}\` is not a quantity of the right unit`,
        `expected ${expected}`,
        /\s/.test(text) ? 'write it without spaces' : undefined,
      );
    }
    case 'invalid_key':
      return [
        {
          file: source.path,
          severity: 'error',
          id: 'wrong-form',
          message: `\`${String(path.at(-1))}\` is not a name that \`${dotted(path.slice(0, -1))}\` may have`,
          span: spanOfKey(document, path),
          label: `expected ${LABEL}`,
        },
      ];
    default:
      return say('invalid-value', `\`${name}\` is invalid: ${issue.message}`, undefined);
  }
}

function unknownKeys(keys: readonly string[], document: Document.Parsed, source: SourceFile, path: Path): Diagnostic[] {
  const known = keysAt(path);
  const place = path.length === 0 ? '' : ` in \`${dotted(path)}\``;
  return keys.map((key) => {
    const meant = nearest(key, known);
    const homes = meant === undefined ? homesOf(key) : [];
    const help =
      meant !== undefined
        ? `did you mean \`${meant}\`?`
        : homes.length === 1
          ? `\`${key}\` belongs in ${homes[0] ?? ''}`
          : undefined;
    return {
      file: source.path,
      severity: 'error',
      id: 'unknown-key',
      message: `unknown key \`${key}\`${place}`,
      span: spanOfKey(document, [...path, key]),
      label: known.length === 0 ? 'nothing may stand here' : `expected ${oneOf(known)}`,
      ...(help !== undefined && { help }),
    };
  });
}

/** True where a key is said to be missing that is only misspelt beside its place. */
export function isMisspelt(issue: Issue, issues: readonly Issue[]): boolean {
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_value') return false;
  const parent = dotted(issue.path.slice(0, -1));
  const missing = issue.path.at(-1);
  return issues.some(
    (other) =>
      other.code === 'unrecognized_keys' &&
      dotted(other.path) === parent &&
      other.keys.some((key) => nearest(key, keysAt(other.path)) === missing),
  );
}

/** How to write what was probably meant. */
function rewrite(
  type: string,
  written: { readonly written: string; readonly value: unknown } | undefined,
): string | undefined {
  if (written === undefined) return undefined;
  if (type === 'boolean' && /^(yes|on|y)$/i.test(written.written)) return 'write `true`';
  if (type === 'boolean' && /^(no|off|n)$/i.test(written.written)) return 'write `false`';
  if (typeof written.value !== 'string' && type === 'string') return `put it in quotes: \`"${written.written}"\``;
  if (typeof written.value === 'string' && type !== 'string' && String(Number(written.value)) === written.value)
    return 'write it without quotes';
  if (type === 'object' && /^\w+:\S/.test(written.written)) return 'put a space after the colon';
  return undefined;
}

/** More than that nobody reads in a line. */
const LISTED = 20;

function oneOf(words: readonly string[]): string {
  const listed = words.slice(0, LISTED).map((word) => `\`${word}\``);
  const more = words.length > LISTED ? ` and ${String(words.length - LISTED)} more` : '';
  return `${words.length === 1 ? '' : 'one of '}${listed.join(', ')}${more}`;
}

function formExpected(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'date') return 'a date such as `2025-01-01`';
  return issue.message.startsWith('Invalid') ? `text like ${String(issue.pattern)}` : issue.message;
}

function dotted(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${String(step)}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: 'a map of keys',
    record: 'a map of keys',
    array: 'a list',
    string: 'text',
    int: 'a whole number',
    number: 'a number',
    boolean: '`true` or `false`',
  };
  return names[type] ?? `a value of type ${type}`;
}

/** Keys that the schema knows at a path. */
function keysAt(path: Path): readonly string[] {
  const schema = schemaAt(path);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function schemaAt(path: Path): unknown {
  let schema: unknown = unwrap(clusterSchema);
  for (const step of path) {
    if (schema instanceof z.ZodObject)
      schema = unwrap((schema.shape as Readonly<Record<string, unknown>>)[String(step)]);
    else if (schema instanceof z.ZodArray) schema = unwrap(schema.element);
    else return undefined;
  }
  return schema;
}

/** Made once: a file can have thousands of unknown keys, and the schema is large. */
let homes: ReadonlyMap<string, readonly string[]> | undefined;

/** Where in the schema a key stands, as `spec.kubernetes`. */
function homesOf(key: string): readonly string[] {
  homes ??= allHomes();
  return homes.get(key) ?? [];
}

function allHomes(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const walk = (schema: unknown, path: readonly string[]): void => {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodArray) walk(inner.element, [...path.slice(0, -1), `${path.at(-1) ?? ''}[]`]);
    if (!(inner instanceof z.ZodObject)) return;
    for (const [name, child] of Object.entries(inner.shape)) {
      found.set(name, [...(found.get(name) ?? []), path.length === 0 ? 'the top level' : `\`${path.join('.')}\``]);
      walk(child, [...path, name]);
    }
  };
  walk(clusterSchema, []);
  return found;
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrap(schema.unwrap());
  return schema;
}
