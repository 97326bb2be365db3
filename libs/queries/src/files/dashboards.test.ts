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
