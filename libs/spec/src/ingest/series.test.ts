import { describe, expect, test } from 'vitest';
import { sourceOf } from './ingest.fixture.ts';
import { kindOf, seriesOf, targetsOf } from './series.ts';

const dataSource = { secret: 'shop', key: 'dsn' };
const servers = ['db-1.example.com:1', 'db-2.example.com:2'].map((address) => ({ address, dataSource }));

describe('series of a source', () => {
  test.each([
    ['static', { static: { targets: ['a.example.com:1', 'b.example.com:1', 'c.example.com:1'] } }, 3, 3000],
    [
      'blackbox',
      {
        blackbox: {
          http: { urls: ['https://a.example.com', 'https://b.example.com'] },
          tcp: { addresses: ['a.example.com:1'] },
          icmp: { hosts: ['192.0.2.1'] },
          dns: { servers: ['192.0.2.1:53'], query: 'example.com' },
        },
      },
      5,
      150,
    ],
    ['snmp', { snmp: { devices: ['sw-1.example.com', 'sw-2.example.com'] } }, 2, 3000],
    ['postgresql', { postgresql: { servers } }, 2, 2000],
    ['mysql', { mysql: { servers } }, 2, 3000],
    ['mongodb', { mongodb: { servers } }, 2, 3000],
    ['redis', { redis: { servers: ['a.example.com:1', 'b.example.com:1'] } }, 2, 600],
    ['kafka', { kafka: { brokers: ['a.example.com:1', 'b.example.com:1'] } }, 1, 3000],
    ['elasticsearch', { elasticsearch: { url: 'https://es.example.com' } }, 1, 2000],
  ])('of kind %s are those of its targets', (kind, settings, targets, series) => {
    const source = sourceOf(settings);
    expect([kindOf(source), targetsOf(source), seriesOf(source)]).toEqual([kind, targets, series]);
  });

  test('are what is said, where it is', () => {
    expect(seriesOf(sourceOf({ series: 7, static: { targets: ['a.example.com:1', 'b.example.com:1'] } }))).toBe(7);
  });

  test('are never more of a target than its limit lets through', () => {
    const static_ = { targets: ['a.example.com:1', 'b.example.com:1'] };
    expect(seriesOf(sourceOf({ limits: { samples: 100 }, static: static_ }))).toBe(200);
    expect(seriesOf(sourceOf({ limits: { samples: 5000 }, static: static_ }))).toBe(2000);
  });
});
