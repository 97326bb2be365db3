import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLogql } from '../logql/check.ts';
import { checkPromql } from '../promql/check.ts';
import { checkTraceql } from '../traceql/check.ts';
import { readDashboardQueries } from './dashboards.ts';

const text = readFileSync(join(import.meta.dirname, 'fixtures/dashboard.json'), 'utf8');
const { queries } = readDashboardQueries(text);
const CHECKS = { promql: checkPromql, logql: checkLogql, traceql: checkTraceql };

describe('a dashboard', () => {
  it('gives its queries with their languages and places', () => {
    expect(queries.map(({ language, datasource, pointer }) => [language, datasource, pointer])).toEqual([
      ['logql', 'loki', '/annotations/list/0/expr'],
      ['promql', 'prometheus', '/panels/0/targets/0/expr'],
      ['logql', 'loki', '/panels/0/targets/1/expr'],
      ['traceql', 'tempo', '/panels/1/panels/0/targets/0/query'],
      [undefined, undefined, '/panels/1/panels/0/targets/1/expr'],
      ['promql', 'prometheus', '/elements/panel-1/spec/query/spec/expr'],
    ]);
  });

  it('shows a fault of a query in the file, behind the escapes of JSON', () => {
    const shown = queries.flatMap(({ language, text: query, inFile }) =>
      (language === undefined ? [] : CHECKS[language](query, { variables: true })).map(({ id, span }) => {
        const { start, end } = inFile(span);
        return [id, text.slice(start, end)];
      }),
    );
    expect(shown).toEqual([
      ['unknown-function', 'foo'],
      ['query-syntax', ''],
      ['unknown-intrinsic', 'durration'],
    ]);
  });

  it('that cannot be read gives a fault', () => {
    expect(readDashboardQueries('{"panels": [').faults[0]?.id).toBe('unreadable-file');
  });
});

it('places of JSON are the same as those of the same text in YAML', () => {
  const json = '{"panels": [{"datasource": {"type": "loki"}, "targets": [{"expr": "{app=\\"a\\"} |= \\"x\\\\n\\""}]}]}';
  const [one] = readDashboardQueries(json).queries;
  // A comment makes it YAML, and moves everything by its length.
  const comment = '# no JSON\n';
  const [other] = readDashboardQueries(comment + json).queries;
  expect(one?.text).toBe('{app="a"} |= "x\\n"');
  expect(other).toMatchObject({ text: one!.text, pointer: one!.pointer, language: 'logql', datasource: 'loki' });
  expect(other?.place.start).toBe(one!.place.start + comment.length);
  for (let at = 0; at < one!.text.length; at += 1) {
    const { start, end } = one!.inFile({ start: at, end: at + 1 });
    expect(other?.inFile({ start: at, end: at + 1 })).toEqual({
      start: start + comment.length,
      end: end + comment.length,
    });
  }
});
