import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { importFrom } from '../core/import.ts';
import { prometheus } from '../kinds/prometheus/kind.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import { linesOf, rowsOf } from './rows.ts';
import { summary } from './summary.ts';

const importOf = (text: string, path = 'prometheus.yml') =>
  importFrom(prometheus, { cluster: 'moved', files: [{ path, text }] });

const pieces = [
  ...[
    '`',
    '|',
    '\\',
    '<script>',
    '<!--',
    '[a](https://evil.example)',
    '![',
    '&lt;',
    '*',
    '_',
    '@team',
    '#1',
    '\n',
    '\r',
  ],
  ...[
    '\u2028',
    '\u202e',
    '\u001b[2J',
    '\n## Heading',
    '\n| a | b |',
    '---',
    'word',
    ' ',
    '${{ x }}',
    'https://evil.example',
  ],
];
const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

/** What is left of a line when code in it is taken out. */
const outsideCode = (line: string): string => line.replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');

describe('the report', () => {
  test('is inert, whatever an input is called and says', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (path, key, job, value) => {
        const text = stringify({
          [key]: value,
          scrape_configs: [
            { job_name: job, static_configs: [{ targets: ['a:1', value], labels: { [key]: value } }] },
            { job_name: `${job}2`, [key]: value },
          ],
          rule_files: [value],
        });
        const report = markdownReport(importOf(text, path));
        expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028\u202e]/);
        const widths = new Map<number, number>();
        let table = -1;
        for (const [at, line] of report.split('\n').entries()) {
          const bare = outsideCode(line);
          expect(bare).not.toMatch(/<(?:script|!--)|\]\(|@team|!\[/);
          if (!line.startsWith('|')) table = -1;
          else {
            if (table < 0) table = at;
            const cells = bare.split('|').length;
            expect(widths.get(table) ?? cells).toBe(cells);
            widths.set(table, cells);
          }
          expect(line).toMatch(/^(?:$|[#|-] ?|## |Every key|Of what is|No value|And )/);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('counts alike for people, for programs and for a terminal', () => {
    const imported = importOf('global: { scrape_interval: 20s, odd: 1 }\nremote_write: [{ url: https://a.example }]\n');
    expect(markdownReport(imported)).toContain('| together | 3 |');
    expect(JSON.parse(jsonReport(imported))).toMatchObject({
      counts: { carried: 1, changed: 0, impossible: 1, unknown: 1 },
      entries: [
        {
          file: 'prometheus.yml',
          line: 1,
          path: 'global.scrape_interval',
          outcome: 'carried',
          to: 'load.metrics.scrapeInterval',
        },
        { line: 1, path: 'global.odd', outcome: 'unknown' },
        { line: 2, path: 'remote_write[0].url', outcome: 'impossible' },
      ],
    });
    expect(summary(imported)).toMatch(/^3 keys: 1 carried over, 1 not possible, 1 not known to this importer\n/);
  });

  test('has one row for items of a list that follow each other', () => {
    const imported = importOf(
      "scrape_configs:\n- job_name: a\n  static_configs:\n  - targets: ['a:1',\n      'a:2', 'a:3', 'localhost:4', 'a:5']\n",
    );
    const rows = rowsOf(imported.entries).filter(({ path }) => path.includes('targets'));
    expect(rows.map((row) => [row.path, row.leaves, row.outcome, linesOf(row)])).toEqual([
      ['scrape_configs[0].static_configs[0].targets[0–2]', 3, 'carried', '4–5'],
      ['scrape_configs[0].static_configs[0].targets[3]', 1, 'impossible', '5'],
      ['scrape_configs[0].static_configs[0].targets[4]', 1, 'carried', '5'],
    ]);
  });
});
