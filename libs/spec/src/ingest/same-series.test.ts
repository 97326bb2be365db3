import { describe, expect, test } from 'vitest';
import { faultsOf, places } from './ingest.fixture.ts';

const machines = (fields: object) => ({ static: { targets: ['vm-1.example.com:9100'] }, ...fields });
const dataSource = { secret: 'shop', key: 'dsn' };

describe('the same series twice', () => {
  test('are told where they come the second time', () => {
    expect(faultsOf([machines({ name: 'a', job: 'node' }), machines({ name: 'b', job: 'node' })])).toEqual([
      {
        at: 'same-series-twice: vm-1.example.com:9100',
        message: '`a` gives series with job `node` and instance `vm-1.example.com:9100` already',
      },
    ]);
  });

  test('are those of one source that names a target twice', () => {
    expect(places([{ name: 'a', static: { targets: ['b.example.com:1', 'b.example.com:1'] } }])).toEqual([
      'same-series-twice: b.example.com:1',
    ]);
  });

  test('are those of all targets that a source calls by one instance', () => {
    const labels = { instance: 'all' };
    expect(places([{ name: 'a', labels, static: { targets: ['b.example.com:1', 'c.example.com:1'] } }])).toEqual([
      'same-series-twice: c.example.com:1',
    ]);
  });

  test.each([
    ['databases', { postgresql: { servers: [1, 2].map(() => ({ address: 'b.example.com:1', dataSource })) } }],
    ['caches', { redis: { servers: ['b.example.com:1', 'b.example.com:1'] } }],
    ['devices', { snmp: { devices: ['b.example.com', 'b.example.com'] } }],
    ['probes of one kind', { blackbox: { tcp: { addresses: ['b.example.com:1', 'b.example.com:1'] } } }],
  ])('come of %s as well', (_, kind) => {
    expect(places([{ name: 'a', ...kind }])).toHaveLength(1);
  });

  test.each([
    ['jobs', [machines({ name: 'a' }), machines({ name: 'b' })]],
    ['labels', [machines({ name: 'a', job: 'x' }), machines({ name: 'b', job: 'x', labels: { site: 'b' } })]],
    ['tenants', [machines({ name: 'a', job: 'x', tenant: 'shop' }), machines({ name: 'b', job: 'x', tenant: 'pay' })]],
    [
      'paths',
      [
        machines({ name: 'a', job: 'x' }),
        { name: 'b', job: 'x', static: { targets: ['vm-1.example.com:9100'], path: '/other' } },
      ],
    ],
    [
      'steps of relabelling',
      [
        machines({ name: 'a', job: 'x' }),
        machines({ name: 'b', job: 'x', relabel: [{ targetLabel: 'instance', replacement: 'b' }] }),
      ],
    ],
    [
      'probes of the same address',
      [
        {
          name: 'a',
          blackbox: { tcp: { addresses: ['b.example.com:53'] }, dns: { servers: ['b.example.com:53'], query: 'b' } },
        },
      ],
    ],
    [
      'brokers, of which the first stands for all',
      [
        { name: 'a', job: 'x', kafka: { brokers: ['a.example.com:1', 'c.example.com:1'] } },
        { name: 'b', job: 'x', kafka: { brokers: ['b.example.com:1', 'c.example.com:1'] } },
      ],
    ],
  ])('are not those of different %s', (_, sources) => {
    expect(places(sources, { tenants: [{ name: 'shop' }, { name: 'pay' }] })).toEqual([]);
  });
});
