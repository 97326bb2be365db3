import { expect, test } from 'vitest';
import { openLedger } from '../../core/ledger.ts';
import { readRetention } from './retention.ts';

function retention(config: object | undefined) {
  const ledger = openLedger();
  const [node] = config === undefined ? [] : ledger.documents({ path: 'values.yaml', text: JSON.stringify(config) });
  const { spec, comments = {} } = readRetention(node, ledger);
  return { spec, asked: (comments['retention/logs'] ?? '').startsWith('To be decided'), entries: ledger.entries() };
}

const LIMITS = { limits_config: { retention_period: '744h' } };
const TABLES = { table_manager: { retention_deletes_enabled: true, retention_period: '336h' } };

test.each([
  ['the compactor deletes', { ...LIMITS, compactor: { retention_enabled: true } }, '31d', false],
  ['the table manager deletes', TABLES, '14d', false],
  [
    'both are on, and the compactor has a period',
    { ...LIMITS, ...TABLES, compactor: { retention_enabled: true } },
    '31d',
    false,
  ],
  ['a period is said, and nothing deletes', LIMITS, '31d', true],
  ['tables have a period, and nothing deletes', { table_manager: { retention_period: '336h' } }, '14d', true],
  ['the compactor deletes, and nobody says when', { compactor: { retention_enabled: true } }, '14d', true],
  ['nothing is said', undefined, '14d', true],
  [
    'periods are none',
    { limits_config: { retention_period: '0s' }, table_manager: { retention_period: 0 } },
    '14d',
    true,
  ],
  [
    'a period is no duration',
    { ...TABLES, table_manager: { retention_deletes_enabled: true, retention_period: 'soon' } },
    '14d',
    true,
  ],
])('where %s', (_, config, logs, asked) => {
  expect(retention(config)).toMatchObject({ spec: { retention: { logs } }, asked });
});

test('streams that were kept shorter are said to be kept as long as their tenant', () => {
  const { entries } = retention({ limits_config: { retention_stream: [{ selector: '{a="b"}', period: '24h' }] } });
  expect(entries.map(({ outcome }) => outcome)).toEqual(['impossible', 'impossible']);
});
