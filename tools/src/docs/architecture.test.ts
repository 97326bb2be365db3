import { mermaid } from '@lgtm-fleet/report';
import { describe, expect, test } from 'vitest';
import { planOf } from '../workspace/tree.ts';
import { plans, read, repository, sample } from './pages.ts';

describe('docs/1-architecture.md', () => {
  const page = 'docs/1-architecture.md';

  test.each(
    [...read(page).matchAll(/<!-- mermaid:([a-z-]+) -->\n+```mermaid\n([^]*?)\n```\n+<!-- \/mermaid -->/g)].map(
      ([, name = '', picture = '']) => [name, picture],
    ),
  )('has the picture of %s as the plan draws it', (name, picture) => {
    const planned = plans.find(({ cluster }) => cluster === name);
    expect(picture).toBe(planned === undefined ? 'a cluster that is there' : mermaid(planned));
  });

  test('has a picture', () => {
    expect(read(page)).toMatch(/<!-- mermaid:home-lab -->\n+```mermaid\n/);
  });

  test('gives every component its namespace and wave', () => {
    const rows = [...read(page).matchAll(/^\| `([a-z-]+)` +\| `([a-z]+)` +\| (-?\d+) +\|/gm)].map(
      ([, name, namespace, wave]) => [name, namespace, Number(wave)],
    );
    const seaweedfs = planOf({ cluster: sample('objectStorage: { seaweedfs: {} }'), fleet: [], repository });
    for (const { name, namespace, wave } of [...plans.filter(({ role }) => role === 'hub'), seaweedfs].flatMap(
      ({ components }) => components,
    ))
      expect(rows).toContainEqual([name, namespace, wave]);
    // An edge has one namespace only.
    const edges = plans.filter(({ role }) => role === 'edge').flatMap(({ components }) => components);
    expect(edges.map(({ namespace }) => namespace)).toEqual(edges.map(() => 'monitoring'));
  });

  const STORED = 'kubernetes: { nodes: 3, zones: [a, b, c] }, objectStorage: { seaweedfs: {} }';
  test.each([
    ['below 100 GB of logs a day', 'load: { logs: { volume: 99GB/day } }', 'loki', 'highly-available'],
    ['from 100 GB a day', 'load: { logs: { volume: 100GB/day } }', 'loki', 'distributed'],
    ['below 1M active series', 'load: { metrics: { activeSeries: 999k } }', 'mimir', 'highly-available'],
    ['from 1M', 'load: { metrics: { activeSeries: 1M } }', 'mimir', 'distributed'],
    ['or with ingest storage', 'metrics: { architecture: ingest-storage }', 'mimir', 'distributed'],
    ['with three zones from 2 MB/s', 'load: { traces: { throughput: 2MB/s } }', 'tempo', 'distributed'],
    ['with three zones from 2 MB/s', 'load: { traces: { throughput: 1.9MB/s } }', 'tempo', 'monolithic'],
  ])('says `%s`, and the plan does so: %s', (words, spec, store, mode) => {
    expect(read(page)).toContain(words);
    const { components } = planOf({ cluster: sample(`${STORED}, ${spec}`), fleet: [], repository });
    expect(components.find(({ name }) => name === store)?.mode).toBe(mode);
  });

  test('says when Tempo is distributed without zones, and the plan does so', () => {
    expect(read(page)).toContain('from 25 MB/s of traces');
    const modes = ['24MB/s', '25MB/s'].map(
      (throughput) =>
        planOf({
          cluster: sample(
            `kubernetes: { nodes: 3 }, objectStorage: { seaweedfs: {} }, load: { traces: { throughput: ${throughput} } }`,
          ),
          fleet: [],
          repository,
        }).components.find(({ name }) => name === 'tempo')?.mode,
    );
    expect(modes).toEqual(['monolithic', 'distributed']);
  });
});
