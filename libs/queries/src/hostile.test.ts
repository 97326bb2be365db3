import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCollected,
  checkLogql,
  checkPromql,
  checkRateWindows,
  checkTraceql,
  type QueryFault,
  readDashboardQueries,
  readRules,
} from './index.ts';
import { fixturesIn } from './testing/fixtures.ts';

type Language = 'promql' | 'logql' | 'traceql';
const CHECKS: Readonly<Record<Language, (text: string, variables: boolean) => readonly QueryFault[]>> = {
  promql: (text, variables) => [
    ...checkPromql(text, { variables }),
    ...checkRateWindows(text, 60_000, { variables }),
    ...checkCollected(text, NOTHING, { variables }),
  ],
  logql: (text, variables) => checkLogql(text, { variables }),
  traceql: (text, variables) => checkTraceql(text, { variables }),
};
const NOTHING = {
  metrics: new Set<string>(),
  recorded: new Set<string>(),
  labels: new Map(),
  everywhere: new Set<string>(),
};
const LANGUAGES = ['promql', 'logql', 'traceql'] as const;

const known = (language: Language): readonly string[] => {
  const folder = join(import.meta.dirname, language, 'fixtures');
  return readdirSync(folder).flatMap((kind) => fixturesIn(join(folder, kind)).map(({ query }) => query));
};

/** A query with pieces taken out, doubled, or put in from elsewhere. */
function mutated(queries: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...'( ) { } [ ] | , " ` \' \\ $ # = ~ ! < > & ^ * + - : @ .'.split(' '),
    ' ',
    '\n',
    '$__x',
    '[[a]]',
    '${a:b}',
    'by',
    'or',
    '5m',
    '1e',
    '\u{1F600}',
  );
  return fc
    .tuple(
      fc.constantFrom(...queries),
      fc.constantFrom(...queries),
      fc.array(fc.tuple(fc.nat(200), fc.nat(12), piece), { minLength: 1, maxLength: 4 }),
    )
    .map(([first, second, cuts]) =>
      cuts.reduce((text, [at, length, put]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + put + second.slice(from, from + length) + text.slice(from + (length % 5));
      }, first),
    );
}

const timeout = 60_000;

function expectQuick(run: () => void): void {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(2);
}

function expectInside(faults: readonly QueryFault[], text: string): void {
  const end = Math.max(text.length, 1);
  const outside = faults.filter(({ span }) => !(0 <= span.start && span.start <= span.end && span.end <= end));
  expect(outside).toEqual([]);
}

describe.each(LANGUAGES)('%s', (language) => {
  const check = CHECKS[language];

  it('throws at no text, and every fault has its place in it', () => {
    const any = fc.oneof(
      mutated(known(language)),
      mutated(known(language)),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(any, fc.boolean(), (text, variables) => {
        expectInside(check(text, variables), text);
      }),
      { numRuns: 10_000, seed: 3 },
    );
  });

  const LONG = 64 * 1024;
  const hostile: Readonly<Record<string, string>> = {
    brackets: '('.repeat(LONG),
    braces: '{'.repeat(LONG),
    'square brackets': '['.repeat(LONG),
    'closed brackets': `${'('.repeat(LONG / 2 - 2)}up${')'.repeat(LONG / 2)}`,
    signs: `${'-'.repeat(LONG - 2)}up`,
    'exclamation marks': `{${'!'.repeat(LONG - 4)}.a}`,
    sums: `1${'+1'.repeat(LONG / 2 - 1)}`,
    sets: `{a="b"}${'or{a="b"}'.repeat(LONG / 10)}`,
    powers: `1${'^1'.repeat(LONG / 2 - 1)}`,
    pipes: `{}${'|{}'.repeat(LONG / 3 - 2)}`,
    stages: `{a="b"}${'|a=1'.repeat(LONG / 4 - 4)}`,
    filters: `{a="b"}|a=1${',a=1'.repeat(LONG / 4 - 4)}`,
    'line filters': `{a="b"}${'|="x"'.repeat(LONG / 5 - 4)}`,
    matchers: `{a="b"${',a="b"'.repeat(LONG / 6 - 3)}}`,
    labels: `sum by (a${',a'.repeat(LONG / 2 - 10)}) (up)`,
    arguments: `sum(${'a,'.repeat(LONG / 2 - 4)}a)`,
    ranges: `a${'[1m:]'.repeat(LONG / 5 - 1)}`,
    offsets: `a${' offset 1m'.repeat(LONG / 10 - 1)}`,
    'a regular expression': `{a=~"${'('.repeat(LONG - 10)}"}`,
    'a closed regular expression': `{a=~"${'('.repeat(LONG / 2 - 10)}${')'.repeat(LONG / 2 - 10)}"}`,
    repeats: `{a=~"${'(a+)+'.repeat(LONG / 6)}$"}`,
    classes: `{a=~"${'[a-z]'.repeat(LONG / 6)}"}`,
    flags: `{a=~"${'(?i)'.repeat(LONG / 5)}"}`,
    dollars: '$'.repeat(LONG),
    'open variables': '${a'.repeat(LONG / 3),
    'open variables in a text': `{a="${'${a:'.repeat(LONG / 5)}"}`,
    'square variables': '[[a'.repeat(LONG / 3),
    digits: '1'.repeat(LONG),
    'digits and units': '1m'.repeat(LONG / 2),
    underscores: '1_'.repeat(LONG / 2),
    spaces: ' '.repeat(LONG),
    'open comments': '/*'.repeat(LONG / 2),
    comments: '#\n'.repeat(LONG / 2),
    quotes: '"'.repeat(LONG - 1),
    escapes: `"${'\\'.repeat(LONG - 3)}`,
    'a long word': 'a'.repeat(LONG),
    'a long attribute': `{.${'a"b"'.repeat(LONG / 5)}}`,
    'too much': 'a'.repeat(LONG + 1),
    'far too much': '('.repeat(4 * 1024 * 1024),
  };

  // What is asked of the whole linter, for one query; of the processor's time, for a busy machine takes longer.
  it.each(Object.entries(hostile))('ends in time for %s', { timeout }, (_, text) => {
    expectQuick(() => {
      for (const variables of [false, true]) expectInside(check(text, variables), text);
    });
  });

  it('ends in a finding for what nobody wrote', () => {
    for (const name of [
      'brackets',
      'closed brackets',
      'signs',
      'sums',
      'dollars',
      'quotes',
      'too much',
      'far too much',
    ])
      expect(check(hostile[name]!, false), name).not.toEqual([]);
  });
});

describe('a file', () => {
  const laughs = `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`).join('\n')}`;
  it.each([
    ['deep brackets', '['.repeat(100_000)],
    ['deep maps', '{"a":'.repeat(50_000)],
    ['deep block', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['laughs', `${laughs}\ngroups: *a30\nexpr: *a30`],
    ['a loop', 'groups: &a [*a]'],
    ['too long', 'a'.repeat(3 * 1024 * 1024)],
    ['nothing', ''],
    ['a text', 'hello'],
    ['odd keys', '? [a]\n: b\n? {c: d}\n: [{expr: up}]'],
    ['prototype', '{"__proto__": {"expr": "up"}, "constructor": [1]}'],
    ['two documents', 'groups: []\n---\ngroups: []'],
    ['controls', 'groups: [\u0000\ud800]'],
  ])('is read to its end in time, or refused: %s', { timeout }, (_, text) => {
    expectQuick(() => {
      expectInside(readRules(text).faults, text);
      expectInside(readDashboardQueries(text).faults, text);
    });
  });
});
