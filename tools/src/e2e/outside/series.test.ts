import { expect, test } from 'vitest';
import { expectedSeries, keyOf } from './series.ts';
import { ALL, plannedWith } from './testing/planned.ts';

const { sources } = plannedWith(ALL).ingest;
const redis = sources.find(({ name }) => name === 'redis')!;
const probe = sources.find(({ name }) => name === 'probe')!;

test('a series has the labels of the page, of its source and of the cluster; what both say is set aside', () => {
  const page = [
    { name: 'redis_up', labels: {} },
    { name: 'redis_commands_total', labels: { cmd: 'get', job: 'mine', site: '' } },
  ];
  const own = { cluster: 'c', instance: 'host:1', job: 'redis', site: 'workshop' };
  expect(expectedSeries(redis, 'host:1', 'c', page)).toEqual(
    new Set([
      keyOf({ ...own, __name__: 'redis_up' }),
      keyOf({ ...own, __name__: 'redis_commands_total', cmd: 'get', exported_job: 'mine' }),
    ]),
  );
});

test('keep and drop are for whole names', () => {
  const page = ['redis_up', 'redis_down', 'xredis_up', 'go_redis_'].map((name) => ({ name, labels: {} }));
  const names = (change: Partial<typeof redis>): readonly string[] =>
    [...expectedSeries({ ...redis, ...change }, 'host:1', 'c', page)].map((key) => /"__name__","(\w+)"/.exec(key)![1]!);
  expect(names({})).toEqual(['redis_up', 'redis_down']);
  expect(names({ drop: ['redis_do.+', 'up'] })).toEqual(['redis_up']);
  expect(names({ keep: [], drop: ['go_.+'] })).toEqual(['redis_up', 'redis_down', 'xredis_up']);
});

test('a step that sets a label sets it, and any other is refused', () => {
  const [key = ''] = expectedSeries(probe, 'host:1', 'c', [{ name: 'probe_success', labels: {} }]);
  expect(key).toContain(`["instance","http://${String(ALL.node)}/"]`);
  const relabel = [{ sourceLabels: ['a'], targetLabel: 'b', replacement: '$1', action: 'replace' as const }];
  expect(() => expectedSeries({ ...redis, relabel }, 'host:1', 'c', [])).toThrow('not worked out');
  expect(() => expectedSeries({ ...redis, metricRelabel: relabel }, 'host:1', 'c', [])).toThrow('not worked out');
});

test('a series is the same in any order of its labels, and numbers are', () => {
  expect(keyOf({ a: '1', b: '2', c: '' })).toBe(keyOf({ b: '2', a: '1' }));
  expect(keyOf({ le: '5' })).toBe(keyOf({ le: '5.0' }));
  expect(keyOf({ quantile: '0.50' })).toBe(keyOf({ quantile: '0.5' }));
  expect(keyOf({ le: '+Inf' })).toBe('[["le","+Inf"]]');
  expect(keyOf({ le: '5' })).not.toBe(keyOf({ le: '50' }));
});
