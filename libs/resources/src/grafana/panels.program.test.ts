import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { panelQueries, type PanelQuery } from '@lgtm-fleet/dashboards';
import { examplePlan, planOf } from '@lgtm-fleet/plan/testing';
import { metricsUsed } from '@lgtm-fleet/queries';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { describe, expect, it } from 'vitest';
import { ask, type Answer } from './testing/answers.ts';
import { record } from './testing/recording.ts';
import { startStack } from './testing/stack.ts';

/** Queries of the pages as the real programs answer them, of the real programs. */

/** With RECORD=1 the answers become those of the pictures in the documents. */
const RECORD = process.env['RECORD'] === '1';
const RECORDED = join(import.meta.dirname, '../../../../docs/dashboards/recorded.json');

const found = {
  loki: findProgram('loki'),
  mimir: findProgram('mimir'),
  tempo: findProgram('tempo'),
  prometheus: findProgram('prometheus'),
  node_exporter: findProgram('node_exporter'),
};
const [missing] = Object.entries(found).filter(([, program]) => program === undefined);
const named = (title: string): string => `${title}${missing === undefined ? '' : unlessFound(missing[0], undefined)}`;

/** What nobody measures here, so that a panel that asks for it is empty; and why. */
const NOT_HERE: readonly (readonly [RegExp, string])[] = [
  [/^(?:container|kubelet)_/, 'there is no kubelet'],
  [/^kube_/, 'there is no Kubernetes API to list'],
  [/^(?:alloy|otelcol|loki_write|gateway_refused)_/, 'there is no Alloy'],
  [/^grafana_/, 'there is no Grafana'],
  [/^ALERTS$/, 'no rule is loaded'],
  [/^prometheus_(?:remote_storage|notifications|rule)_/, 'this Prometheus sends nothing and has no rules'],
  [/^(?:loki|cortex)_prometheus_(?:rule|notifications)_/, 'no rule is loaded'],
  [/^cortex_alertmanager_/, 'no alert was sent'],
  [/_discarded_(?:samples|spans)_total$/, 'nothing was refused'],
  [/_operation_failures_total$/, 'no request failed, and only failures are shown'],
  [/^(?:loki_chunk_store_stored|loki_ingester_chunk(?:s_flushed|_stored))/, 'no chunk is old enough to be stored'],
  [/^cortex_(?:ingester_shipper_last_successful_upload|compactor_last_successful_run)/, 'no block is old enough'],
  [/^cortex_(?:bucket_stores_blocks_last|compactor_block_cleanup_last)/, 'it waits for its ring before the first run'],
  [/^loki_(?:boltdb_shipper_compact|compactor_apply)/, 'it waits for its ring before the first run'],
  [/^tempodb_(?:blocklist|backend_bytes|compaction_blocks)/, 'no block is in the bucket yet, or is compacted'],
];

describe('the stack on one node', () => {
  const one = planOf({ kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } }, 'one');
  const homeLab = examplePlan('home-lab');

  it.skipIf(missing !== undefined)(
    named('answers every query of every page, with data or for a reason'),
    { timeout: 300_000 },
    async () => {
      const { loki, mimir, tempo, prometheus, node_exporter } = found;
      const programs = {
        loki: loki!,
        mimir: mimir!,
        tempo: tempo!,
        prometheus: prometheus!,
        nodeExporter: node_exporter!,
      };
      const stack = await startStack(programs, one, [one, homeLab]);
      await stack.use(RECORD ? 180 : 45);
      const end = Math.floor(Date.now() / 1000);
      if (RECORD)
        writeFileSync(
          RECORDED,
          `${JSON.stringify(await record(stack, [one, homeLab], { start: end - 150, end, step: 5 }), null, 1)}\n`,
        );
      const answers = new Map<PanelQuery, Answer>();
      let unanswered: readonly PanelQuery[] = [one, homeLab].flatMap((plan) => panelQueries(plan));
      // On a busy machine a scrape may fail, and what is as of now is empty until the next one.
      for (let attempt = 0; attempt < 6 && unanswered.length > 0; attempt += 1) {
        if (attempt > 0) await stack.use(5);
        const now = Math.floor(Date.now() / 1000);
        for (const query of unanswered)
          answers.set(query, await ask(stack, query, { start: now - 300, end: now, step: 15 }));
        unanswered = [...answers].flatMap(([query, { series }]) =>
          series.length === 0 && reasonOf(query) === undefined ? [query] : [],
        );
      }
      expect([...answers.values()].flatMap(({ error }) => error ?? [])).toEqual([]);
      expect(unanswered.map(({ page, panel, query }) => `${page}: ${panel}: ${query}`)).toEqual([]);
      const stores = [...answers].filter(([{ page }]) =>
        /lgtm-(?:loki|mimir|tempo|prometheus|service|traces)/.test(page),
      );
      const share = stores.filter(([, { series }]) => series.length > 0).length / stores.length;
      expect(share, 'most panels of the stores and of services show something').toBeGreaterThan(0.7);
    },
  );
});

function reasonOf({ query, language, page }: PanelQuery): string | undefined {
  if (page === 'lgtm-gateway') return 'there is no gateway';
  if (/job=~?"(?:observability\/grafana|monitoring\/alloy)/.test(query)) return 'there is no Grafana, and no Alloy';
  if (/ == 0\)/.test(query)) return 'every target answers';
  if (language !== 'promql') return page === 'lgtm-workload' ? 'nobody collects the lines of the stack' : undefined;
  const names = metricsUsed(query).map(({ name = '' }) => name);
  return NOT_HERE.find(([metric]) => names.some((name) => metric.test(name)))?.[1];
}
