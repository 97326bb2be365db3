import { expect, test } from 'vitest';
import { faultsOf, places } from './ingest.fixture.ts';

const source = (name: string, series: number | string, tenant?: string) => ({
  name,
  series,
  ...(tenant !== undefined && { tenant }),
  static: { targets: [`${name}.example.com:1`] },
});

const load = { metrics: { activeSeries: '10k' } };

test('what is outside finds room in the load of the cluster, to the last series', () => {
  expect(places([source('a', 4000), source('b', 6000)], { load })).toEqual([]);
});

test('the first that does not find room is told, and it alone', () => {
  const said = faultsOf([source('a', 4000), source('b', 6001), source('c', 1), source('d', '1M')], { load });
  expect(said).toEqual([
    {
      at: 'sources-beyond-load: b',
      message: 'with the 6k series of `b`, what is outside sends 10k',
    },
  ]);
});

test('estimates count as well as what is said', () => {
  const targets = Array.from({ length: 11 }, (_, index) => `vm-${String(index)}.example.com:9100`);
  expect(places([{ name: 'machines', static: { targets } }], { load })).toEqual(['sources-beyond-load: machines']);
});

test('the first that is beyond the limit of its tenant is told, by tenant', () => {
  const tenants = [
    { name: 'shop', limits: { activeSeries: 5000 } },
    { name: 'pay', limits: { activeSeries: 3000 } },
  ];
  const sources = [source('a', 5000), source('b', 1), source('c', 1), source('d', 3000, 'pay'), source('e', 1, 'pay')];
  expect(places(sources, { tenants, load: { metrics: { activeSeries: '200k' } } })).toEqual([
    'sources-beyond-limit: b',
    'sources-beyond-limit: e',
  ]);
});
