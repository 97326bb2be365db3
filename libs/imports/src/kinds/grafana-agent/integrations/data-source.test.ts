import { expect, test } from 'vitest';
import { openLedger } from '../../../core/ledger.ts';
import { namer } from '../../../core/names.ts';
import type { Reading } from '../../../scrape/context.ts';
import type { ReadIntegration } from './integration.ts';
import { mongodb } from './mongodb.ts';
import { mysql } from './mysql.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';

function read(integration: ReadIntegration, value: object) {
  const ledger = openLedger();
  const [node] = ledger.documents({ path: 'agent.yaml', text: JSON.stringify(value) });
  const reading: Reading = {
    ...{ ledger, name: namer(), defaults: {}, filesAt: () => [], modules: undefined },
    ...{ to: 'ingest.sources[db]', source: 'db', fatal: [] },
  };
  const made = node === undefined ? [] : integration(node, reading);
  return { made, fatal: reading.fatal, secrets: ledger.secrets() };
}

const SECRET = 'do-not-copy';

test.each([
  [mysql, 'data_source_name', `root:${SECRET}@(db.example.org:3307)/`, 'mysql', 'db.example.org:3307'],
  [mysql, 'data_source_name', `root:${SECRET}@tcp(db.example.org)/shop?tls=true`, 'mysql', 'db.example.org:3306'],
  [mysql, 'data_source_name', `root:a@(b)${SECRET}@tcp([2001:db8::1]:3306)/`, 'mysql', '[2001:db8::1]:3306'],
  [mongodb, 'mongodb_uri', `mongodb://a:${SECRET}@m1:27018,m2/admin`, 'mongodb', 'm1:27018'],
])('the address of %o %s %s', (integration, key, text, kind, address) => {
  const { made, fatal, secrets } = read(integration, { [key]: text });
  expect(fatal).toEqual([]);
  expect(made[0]?.value).toMatchObject({
    [kind]: { servers: [{ address, dataSource: { secret: 'source-db', key: 'data-source' } }] },
  });
  expect(JSON.stringify({ made, secrets })).not.toContain(SECRET);
});

test.each([
  [`postgresql://a:${SECRET}@db:5433/x?sslmode=require`, 'db:5433'],
  [`postgres://a:p%40${SECRET}@db.example.org/x`, 'db.example.org:5432'],
  [`host=10.0.0.1 user=a password=${SECRET} port=6432`, '10.0.0.1:6432'],
])('the address of %s', (text, address) => {
  const { made, fatal } = read(postgresql, { data_source_names: [text] });
  expect(fatal).toEqual([]);
  expect(made[0]?.value).toMatchObject({ postgresql: { servers: [{ address }] } });
  expect(JSON.stringify(made)).not.toContain(SECRET);
});

test.each([
  [mysql, { data_source_name: 'root@(localhost:3306)/' }],
  [mysql, { data_source_name: 'root@unix(/run/mysqld.sock)/' }],
  [postgresql, { data_source_names: ['host=/run/postgresql user=a'] }],
  [redis, { redis_addr: 'redis://127.0.0.1:6379' }],
])('what is on the machine of the agent is asked by nobody else: %o %o', (integration, value) => {
  expect(read(integration, value).fatal).toEqual([expect.stringContaining('on the machine of the agent')]);
});

test('an address that a variable hides is asked for, with a guess', () => {
  const { made, fatal } = read(postgresql, { data_source_names: ['${DSN}'] });
  expect(fatal).toEqual([]);
  expect(made).toMatchObject([
    {
      value: { postgresql: { servers: [{ address: 'postgresql.example.com:5432' }] } },
      open: [{ at: 'postgresql/servers/0/address' }],
    },
  ]);
});

test('a password in the address of Redis stays out', () => {
  const { made, fatal } = read(redis, { redis_addr: `redis://:${SECRET}@cache:6379` });
  expect(made).toEqual([]);
  expect(fatal.join()).not.toContain(SECRET);
});
