import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  catalogues,
  checkLogql,
  checkPromql,
  checkTraceql,
  metricsUsed,
  type CataloguedProgram,
} from '@lgtm-fleet/queries';
import { describe, expect, test } from 'vitest';
import { read, root } from './pages.ts';

/** Every query that a page asks in Grafana, in the language of its signal, by names that something exports. */

interface Query {
  readonly page: string;
  readonly text: string;
  readonly signal: string;
}

const queries = readdirSync(join(root, 'docs/runbooks')).flatMap((page): readonly Query[] =>
  [...read(`docs/runbooks/${page}`).matchAll(/\{\{ '([^']+)' \| explore: "(\w+)"/g)].map(
    ([, text = '', signal = '']) => ({ page, text, signal }),
  ),
);

const CHECKS = { metrics: checkPromql, logs: checkLogql, traces: checkTraceql } as const;

/** Beginnings that one catalogued program alone gives its series. */
const OWNERS: readonly (readonly [RegExp, CataloguedProgram])[] = [
  [/^loki_(?!write_|process_|source_|canary_)/, 'loki'],
  [/^(?:loki_(?:write|process|source)|alloy|otelcol|prometheus_remote_storage)_/, 'alloy'],
  [/^loki_canary_/, 'loki-canary'],
  [/^(?:cortex|thanos)_/, 'mimir'],
  [/^mimir_continuous_test_/, 'mimir-continuous-test'],
  [/^tempo_vulture_/, 'tempo-vulture'],
  [/^prometheus_(?:tsdb|rule)_/, 'prometheus'],
  [/^node_/, 'node-exporter'],
  [/^kube_/, 'kube-state-metrics'],
  [/^kubelet_/, 'kubelet'],
  [/^container_/, 'cadvisor'],
  [/^certmanager_/, 'cert-manager'],
];

describe('queries of the runbooks', () => {
  test.each(queries)('$page: $text', ({ text, signal }) => {
    expect(Object.keys(CHECKS)).toContain(signal);
    expect(CHECKS[signal as keyof typeof CHECKS](text).map(({ message }) => message)).toEqual([]);
  });

  const used = queries
    .filter(({ signal }) => signal === 'metrics')
    .flatMap(({ page, text }) => metricsUsed(text).flatMap(({ name }) => (name === undefined ? [] : [{ page, name }])));

  test('name metrics that the pinned programs export', () => {
    const unknown = used.filter(({ name }) => {
      const owner = OWNERS.find(([beginning]) => beginning.test(name))?.[1];
      return owner !== undefined && !catalogues[owner].has(name);
    });
    expect(unknown).toEqual([]);
  });
});
