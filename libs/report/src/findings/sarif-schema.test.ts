import { Ajv } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingFormats } from './formats.ts';
import { context, findings } from './testing.ts';

/** The standard's own schema, as Microsoft publishes it; it is not copied here. It is of draft 4, whose `id` Ajv refuses. */
const PUBLISHED = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
const {
  $schema: draft,
  id,
  ...schema
} = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(PUBLISHED), 'utf8')) as Readonly<
  Record<string, unknown>
>;

const valid = new Ajv({
  allErrors: true,
  strict: false,
  // One pattern of the schema is none with `u`.
  unicodeRegExp: false,
  formats: {
    uri: (text) => URL.canParse(text),
    'uri-reference': (text) => URL.canParse(text, 'https://example.com/'),
    'date-time': (text) => !Number.isNaN(Date.parse(text)),
  },
}).compile(schema);

const FIXTURES = join(import.meta.dirname, 'fixtures');
const goldens = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sarif'));

test('the schema is that of SARIF 2.1.0, of the draft that is read here', () => {
  expect([draft, id]).toEqual([
    'http://json-schema.org/draft-04/schema#',
    expect.stringContaining('/sarif-2.1.0-rtm.5.json'),
  ]);
  expect(goldens.toSorted()).toEqual(['findings/findings.sarif', 'no-findings/findings.sarif']);
});

test.each(goldens)('%s is valid against the schema of the standard', (golden) => {
  valid(JSON.parse(readFileSync(join(FIXTURES, golden), 'utf8')));
  expect(valid.errors ?? []).toEqual([]);
});

test.each([
  ['another version', '"version": "2.1.0"', '"version": "2.2.0"'],
  ['a level that there is not', '"level": "note"', '"level": "info"'],
  ['a key that there is not', '"startColumn"', '"startcolumn"'],
  ['a line before the first', '"startLine": 1\n', '"startLine": 0\n'],
  ['a result without a message', '"message": {\n', '"massage": {\n'],
])('%s is not valid', (_, right, wrong) => {
  const sarif = findingFormats.sarif(findings, context);
  expect(sarif).toContain(right);
  expect(valid(JSON.parse(sarif.replace(right, wrong)))).toBe(false);
});
