import { expect, test } from 'vitest';
import { openLedger } from '../../core/ledger.ts';
import { logsOf, periodsOf, readSchema, takesOver } from './schema.ts';

function periods(configs: readonly object[]) {
  const ledger = openLedger();
  const text = JSON.stringify({ schema_config: { configs } });
  const [config] = ledger.documents({ path: 'values.yaml', text });
  return { ledger, periods: periodsOf(config) };
}

const bolt = {
  from: '2020-10-24',
  store: 'boltdb-shipper',
  object_store: 's3',
  schema: 'v11',
  index: { prefix: 'loki_index_', period: '24h' },
};
const tsdb = {
  from: '2025-10-01',
  store: 'tsdb',
  object_store: 's3',
  schema: 'v13',
  index: { prefix: 'index_', period: '24h' },
};

test('the chart has one schema that nobody writes, and the new Loki cannot go on with it', () => {
  const usual = periodsOf(undefined);
  expect(usual).toMatchObject([{ from: '2020-10-24', store: 'boltdb-shipper', schema: 'v11', prefix: 'index_' }]);
  expect(takesOver(usual)).toBe(false);
  expect(readSchema(usual, openLedger())).toEqual({});
});

test('who writes tsdb and v13 already is taken over, with every schema before it', () => {
  const found = periods([tsdb, bolt]).periods;
  expect(takesOver(found)).toBe(true);
  expect(logsOf(found)).toEqual({
    schemaFrom: '2025-10-01',
    earlierSchemas: [{ from: '2020-10-24', store: 'boltdb-shipper', schema: 'v11', indexPrefix: 'loki_index_' }],
  });
});

test('lines that were files before there was a bucket are looked for in files', () => {
  const files = { ...bolt, object_store: 'filesystem', index: { prefix: 'index_', period: '24h' } };
  expect(logsOf(periods([files, tsdb]).periods)['earlierSchemas']).toEqual([
    { from: '2020-10-24', store: 'boltdb-shipper', schema: 'v11', objectStore: 'filesystem' },
  ]);
  const only = periods([files, { ...tsdb, object_store: 'filesystem' }]).periods;
  expect(logsOf(only)['earlierSchemas']).toEqual([{ from: '2020-10-24', store: 'boltdb-shipper', schema: 'v11' }]);
});

test.each([
  ['another version', { schema: 'v12' }],
  ['another index', { store: 'boltdb-shipper' }],
  ['tables of another name', { index: { prefix: 'loki_', period: '24h' } }],
])('with %s today the new Loki begins anew', (_, change) => {
  const found = periods([{ ...tsdb, ...change }]);
  expect(takesOver(found.periods)).toBe(false);
  expect(readSchema(found.periods, found.ledger)).toEqual({});
  expect(new Set(found.ledger.entries().map(({ mark }) => mark?.to))).toEqual(new Set(['logs.earlierSchemas']));
});

test('an index that Loki 3 does not read is said to be so, and named in no schema', () => {
  const found = periods([{ ...bolt, store: 'cassandra' }, tsdb]);
  expect(readSchema(found.periods, found.ledger).spec).toEqual({ logs: { schemaFrom: '2025-10-01' } });
  const old = found.ledger.entries().filter(({ path }) => path.startsWith('schema_config.configs[0]'));
  expect(old.map(({ outcome }) => outcome)).toEqual(Array(6).fill('impossible'));
});
