import { parse } from '@lgtm-fleet/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { kinds } from '../kinds/index.ts';
import { jsonReport } from '../report/json.ts';
import { markdownReport } from '../report/markdown.ts';
import { rowsOf } from '../report/rows.ts';
import { fixturesOf, isYaml, outermost } from '../testing/fixtures.ts';
import { documentsOf } from './documents.ts';
import { importFrom, type Imported } from './import.ts';
import { formatPath, leavesOf } from './node.ts';

/** Words of every fixture of a kind, which lead further into an importer than any random ones. */
function wordsOf(kind: string): readonly string[] {
  const words = fixturesOf(kind).flatMap(({ files }) =>
    files.flatMap(({ text }) => text.match(/[\w./:[\]$(){}*-]{2,40}/g) ?? []),
  );
  return [...new Set(words.map((word) => word.replace(/:$/, '')))];
}

function arbitraryOf(words: readonly string[]) {
  const word = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 12 }));
  const scalar = fc.oneof(
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant('15s'),
    fc.constant('a:9100'),
  );
  return fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      tie('map'),
    ),
    map: fc.dictionary(word, tie('value'), { maxKeys: 6 }),
  })).map;
}

/** The law of the whole library: every leaf is in the account once, and in a row of the report. */
function expectWhole(imported: Imported, files: readonly { readonly path: string; readonly text: string }[]): void {
  for (const file of files) {
    const read = documentsOf(file);
    const own = imported.entries.filter((entry) => entry.file === file.path);
    expect(own.length).toBeGreaterThan(0);
    const asWhole = own.length === 1 && own[0]?.path === '';
    if (!read.ok || asWhole || !isYaml(file.path)) continue;
    const leaves = read.documents.flatMap((root) => [...leavesOf(root)]).map(({ path }) => formatPath(path));
    expect(outermost(own).map(({ path }) => path)).toEqual(leaves);
  }
  expect(rowsOf(imported.entries).reduce((sum, { leaves }) => sum + leaves, 0)).toBe(imported.entries.length);
  expect(() => JSON.parse(jsonReport(imported)) as unknown).not.toThrow();
  expect(markdownReport(imported)).toContain(`| together | ${String(imported.entries.length)} |`);
  if (imported.valid) expect(parse(imported.draft).ok).toBe(true);
}

describe.each(kinds)('$name', (kind) => {
  const words = wordsOf(kind.name);

  test('accounts for every leaf of any document, once', () => {
    fc.assert(
      fc.property(arbitraryOf(words), (value) => {
        const file = { path: 'prometheus.yml', text: stringify(value) };
        expectWhole(importFrom(kind, { cluster: 'moved', files: [file] }), [file]);
      }),
      { numRuns: 300 },
    );
  });

  const fixtures = fixturesOf(kind.name).filter(({ files }) => files.length > 0);
  test('accounts for every leaf of what people run, with any lines taken out, doubled or replaced', () => {
    const edit = fc.record({
      at: fc.nat(),
      how: fc.constantFrom('out', 'twice', 'word'),
      word: fc.constantFrom(...words),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.nat(),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (fixture, which, edits) => {
          const chosen = which % fixture.files.length;
          const files = fixture.files.map((file, index) =>
            index === chosen ? { ...file, text: edited(file.text, edits) } : file,
          );
          expectWhole(importFrom(kind, { cluster: 'moved', files }), files);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const file = { path: 'prometheus.yml', text };
        expectWhole(importFrom(kind, { cluster: 'moved', files: [file] }), [file]);
      }),
      { numRuns: 200 },
    );
  });
});

interface Edit {
  readonly at: number;
  readonly how: string;
  readonly word: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  return edits
    .reduce<readonly string[]>((lines, { at, how, word }) => {
      const index = at % lines.length;
      const line = lines[index] ?? '';
      const instead = how === 'out' ? [] : how === 'twice' ? [line, line] : [line.replace(/[\w./-]+(?=\W*$)/, word)];
      return [...lines.slice(0, index), ...instead, ...lines.slice(index + 1)];
    }, text.split('\n'))
    .join('\n');
}
