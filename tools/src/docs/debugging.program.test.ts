import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { ruleFiles } from '@lgtm-fleet/alerts';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { describe, expect, it } from 'vitest';
import { startChild, startServer } from '../../../apps/sample/src/testing/child.ts';
import * as lokis from '../../../libs/resources/src/loki/testing/loki.ts';
import { homeOf, ready, start } from '../../../libs/resources/src/testing/programs.ts';
import * as tempos from '../../../libs/resources/src/tempo/testing/tempo.ts';
import { fencesOf } from './pages.ts';

/** The incident of the guide, played on loopback by the real programs with the files of home-lab. */

const PAGE = 'docs/5-debugging.md';
const programs = ['prometheus', 'loki', 'tempo'].map((name) => [name, findProgram(name)] as const);
const absent = programs.find(([, program]) => program === undefined);
const named = (title: string): string => `${title}${absent === undefined ? '' : unlessFound(absent[0], undefined)}`;
const MONOLITHIC = 'variants/monolithic/stateful-set.yaml';

/** Queries of the page, in its order. */
const queries = fencesOf(PAGE).filter(({ language }) => ['promql', 'traceql', 'logql'].includes(language));

describe(PAGE, () => {
  it.skipIf(absent !== undefined)(named('tells what happens'), { timeout: 300_000 }, async () => {
    const stack = await startStack();
    await load(stack);
    const patience = { timeout: 120_000, interval: 2000 };
    const now = Math.ceil(Date.now() / 1000) + 120;
    const range = `start=${now - 900}&end=${now}`;

    let traceId = '';
    for (const { language, text } of queries) {
      const query = encodeURIComponent(text.trim().replace('TRACE_ID', traceId));
      const address = {
        promql: `${stack.prometheus}/api/v1/query?query=${query}`,
        traceql: text.includes('rate()')
          ? `${stack.tempo}/api/metrics/query_range?q=${query}&${range}&step=30s`
          : `${stack.tempo}/api/search?q=${query}&${range}`,
        logql: `${stack.loki}/loki/api/v1/query_range?query=${query}&${range}`,
      }[language as 'promql' | 'traceql' | 'logql'];
      await expect.poll(() => found(address), { ...patience, message: text }).toBeGreaterThan(0);
      const answer = await get(address);
      if (text.includes('histogram_quantile(0.95, sum by (le, span_name)'))
        expect(slowest(answer), text).toBeGreaterThan(1);
      if (text.includes('histogram_quantile(0.5')) expect(slowest(answer), text).toBeLessThan(0.5);
      if (text.includes('sample.sku')) expect(JSON.stringify(answer), text).toContain('"anvil"');
      if (language === 'logql') expect(JSON.stringify(answer)).toContain('sku=anvil');
      if (text.includes('"GET /checkout"')) traceId = await exemplar(stack, answer);
    }
  });
});

interface Stack {
  readonly prometheus: string;
  readonly loki: string;
  readonly tempo: string;
  readonly otlp: string;
}

/** Rules fire at once and not after ten minutes, or a test would have to wait. */
async function startStack(): Promise<Stack> {
  const [prometheus = '', loki = '', tempo = ''] = programs.map(([, program]) => program ?? '');
  const plan = examplePlan('home-lab');
  const home = homeOf('debugging');
  const rules = ruleFiles(plan).find(({ name }) => name === 'services');
  writeFileSync(join(home, 'rules.yaml'), JSON.stringify(rules?.value).replaceAll('"for":"10m"', '"for":"0s"'));
  const config = {
    global: { evaluation_interval: '5s' },
    rule_files: ['rules.yaml'],
    storage: { exemplars: { max_exemplars: 10_000 } },
  };
  writeFileSync(join(home, 'prometheus.yml'), JSON.stringify(config));
  const port = await freePort();
  const at = `http://127.0.0.1:${port}`;
  const flags = ['--config.file=prometheus.yml', '--storage.tsdb.path=data', '--web.enable-remote-write-receiver'];
  const features = ['--enable-feature=exemplar-storage', `--web.listen-address=127.0.0.1:${port}`];
  await ready(start(prometheus, [...flags, ...features], home), `${at}/-/ready`, 20);

  const ports = await tempos.freePorts();
  const files = tempos.write(plan, ports, (text) => text.replace(/http:\/\/prometheus\.[^/]+\/prometheus/, at));
  const lines = await lokis.startLoki(loki, lokis.write(plan), MONOLITHIC);
  const traces = await tempos.startTempo(tempo, files, ports, MONOLITHIC);
  await ready(lines, `${lines.url}/ready`, 60);
  await ready(traces, `http://127.0.0.1:${ports.http}/ready`, 60);
  return {
    prometheus: at,
    loki: lines.url,
    tempo: `http://127.0.0.1:${ports.http}`,
    otlp: `http://127.0.0.1:${ports.otlpHttp}`,
  };
}

/** The shop as base/sample runs it, for one round: of ten checkouts one is slow. */
async function load({ loki, otlp }: Stack): Promise<void> {
  const env = {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${otlp}/v1/traces`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${loki}/otlp/v1/logs`,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_HEADERS: 'X-Scope-OrgID=main',
    OTEL_EXPORTER_OTLP_TIMEOUT: '5000',
  };
  const stock = await startServer(['stock'], env);
  const shop = await startServer(['shop', '--stock', stock.url], env);
  const round = ['--count', '100', '--rate', '2', '--slow-every', '10', '--deadline', '70'];
  await startChild(['load', '--shop', shop.url, ...round], env).ended;
  await Promise.all([shop.stop(), stock.stop()]);
}

interface Answer {
  readonly data?: { readonly result: readonly { readonly value?: readonly [number, string] }[] };
  readonly traces?: readonly { readonly traceID: string }[];
  readonly series?: readonly unknown[];
}

async function get(address: string): Promise<Answer> {
  const answer = await fetch(address, { headers: { 'X-Scope-OrgID': 'main' } });
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

const found = async (address: string): Promise<number> => {
  const { data, traces, series } = await get(address);
  return (data?.result ?? traces ?? series ?? []).length;
};

const slowest = ({ data }: Answer): number => Math.max(...(data?.result ?? []).map(({ value }) => Number(value?.[1])));

/** Of an exemplar of the slow buckets, which Tempo has to find by search as well. */
async function exemplar({ prometheus }: Stack, { traces = [] }: Answer): Promise<string> {
  const query = 'traces_spanmetrics_latency_bucket{service="shop", span_kind="SPAN_KIND_SERVER", le="2.048"}';
  const now = Math.ceil(Date.now() / 1000);
  const address = `${prometheus}/api/v1/query_exemplars?query=${encodeURIComponent(query)}&start=${now - 900}&end=${now}`;
  const { data } = (await (await fetch(address)).json()) as {
    readonly data: readonly { readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>> }[] }[];
  };
  const ids = data.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels['trace_id'] ?? ''));
  const both = ids.find((id) => traces.some(({ traceID }) => traceID.padStart(32, '0') === id));
  if (both === undefined) throw new Error(`no exemplar of ${ids.join(', ')} is among the traces found`);
  return both;
}
