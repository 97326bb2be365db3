import { nearest, type Diagnostic } from '@lgtm-fleet/diagnostics';
import type { Document } from 'yaml';
import { z } from 'zod';
import { has, spanOfKey, spanOfValue, type Path } from './locate.ts';
import type { SourceFile } from './read.ts';
import { clusterSchema } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** What the schema refuses, as diagnostics a person can act on. */
export function explain(issue: Issue, document: Document.Parsed, source: SourceFile): Diagnostic[] {
  const path: Path = issue.path;
  const base = { file: source.path, severity: 'error' } as const;
  const name = dotted(path);
  const span = spanOfValue(document, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(path);
      return issue.keys.map((key) => {
        const meant = nearest(key, known);
        return {
          ...base,
          id: 'unknown-key',
          message: `unknown key \`${key}\`${name === '' ? '' : ` in \`${name}\``}`,
          span: spanOfKey(document, [...path, key]),
          label: known.length === 0 ? 'nothing may stand here' : `expected ${known.length === 1 ? '' : 'one of '}${known.map((word) => `\`${word}\``).join(', ')}`,
          ...(meant !== undefined && { help: `did you mean \`${meant}\`?` }),
        };
      });
    }
    case 'invalid_type': {
      if (!has(document, path)) {
        return [{ ...base, id: 'missing-key', message: `\`${name}\` is missing`, span, label: `expected \`${String(path.at(-1))}\`` }];
      }
      return [{ ...base, id: 'wrong-type', message: `\`${name}\` is not ${article(issue.expected)}`, span, label: `expected ${article(issue.expected)}` }];
    }
    case 'invalid_value': {
      if (!has(document, path)) return [{ ...base, id: 'missing-key', message: `\`${name}\` is missing`, span, label: `expected \`${String(path.at(-1))}: ${String(issue.values[0])}\`` }];
      const values = issue.values.map(String);
      const meant = nearest(source.text.slice(span.start, span.end), values);
      return [
        {
          ...base,
          id: 'unknown-value',
          message: `\`${name}\` cannot have this value`,
          span,
          label: `expected ${values.length === 1 ? '' : 'one of '}${values.map((value) => `\`${value}\``).join(', ')}`,
          ...(meant !== undefined && { help: `did you mean \`${meant}\`?` }),
        },
      ];
    }
    case 'invalid_format':
      return [{ ...base, id: 'wrong-form', message: `\`${name}\` has not the form it needs`, span, label: `expected ${formExpected(issue)}` }];
    case 'too_big':
    case 'too_small': {
      const big = issue.code === 'too_big';
      const limit = String(big ? issue.maximum : issue.minimum);
      const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' items' : '';
      return [{ ...base, id: 'out-of-range', message: `\`${name}\` is too ${unit === '' ? (big ? 'large' : 'small') : big ? 'long' : 'short'}`, span, label: `expected at ${big ? 'most' : 'least'} ${limit}${unit}` }];
    }
    case 'custom': {
      const expected = String((issue.params as { expected?: unknown } | undefined)?.expected ?? issue.message);
      const id = issue.message === 'out of range' ? 'out-of-range' : 'wrong-unit';
      return [{ ...base, id, message: `\`${name}\` is ${id === 'out-of-range' ? 'out of range' : 'not a quantity of the right unit'}`, span, label: `expected ${expected}` }];
    }
    case 'invalid_key':
      return [{ ...base, id: 'wrong-form', message: `\`${name}\` is not a name a label may have`, span: spanOfKey(document, path), label: 'expected a DNS label' }];
    default:
      return [{ ...base, id: 'invalid-value', message: `\`${name}\` is invalid: ${issue.message}`, span }];
  }
}

function formExpected(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'url') return 'an https address';
  if (issue.format === 'date') return 'a date such as `2025-01-01`';
  return issue.message.startsWith('Invalid') ? `text like ${String(issue.pattern)}` : issue.message;
}

function dotted(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${String(step)}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('');
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = { object: 'a map of keys', record: 'a map of keys', array: 'a list', string: 'text', int: 'a whole number', number: 'a number', boolean: '`true` or `false`' };
  return names[type] ?? `a value of type ${type}`;
}

/** Keys that the schema knows at a path. */
function keysAt(path: Path): readonly string[] {
  let schema: unknown = clusterSchema;
  for (const step of path) {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodObject) schema = (inner.shape as Readonly<Record<string, unknown>>)[String(step)];
    else if (inner instanceof z.ZodArray) schema = inner.element;
    else return [];
  }
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape as object) : [];
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return unwrap(schema.unwrap());
  return schema;
}
