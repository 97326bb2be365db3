import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { jobOf, type Plan } from '@lgtm-fleet/plan';
import { startLoki, write as writeLoki } from '../../loki/testing/loki.ts';
import { startMimir, write as writeMimir } from '../../mimir/testing/mimir.ts';
import { homeOf, ready, start } from '../../testing/programs.ts';
import { freePorts, startTempo, write as writeTempo } from '../../tempo/testing/tempo.ts';

/** The real stores side by side, as one node runs them, and a Prometheus that scrapes them with the labels of a plan. */

export interface Programs {
  readonly loki: string;
  readonly mimir: string;
  readonly tempo: string;
  readonly prometheus: string;
  readonly nodeExporter: string;
}

export interface Stack {
  readonly prometheus: string;
  readonly loki: string;
  readonly tempo: string;
  /** Sends lines and spans, and asks for them, for so long. */
  readonly use: (seconds: number) => Promise<void>;
}

/** @param plans of which each store is scraped under the labels, in files of one volume */
export async function startStack(programs: Programs, plan: Plan, plans: readonly Plan[]): Promise<Stack> {
  const at = `127.0.0.1:${String(await freePort())}`;
  const nodeAt = `127.0.0.1:${String(await freePort())}`;
  const prometheus = `http://${at}`;
  const loki = await startLoki(programs.loki, writeLoki(plan), 'variants/monolithic/stateful-set.yaml');
  const mimir = await startMimir(programs.mimir, writeMimir(plan), [
    '-ingester.ring.min-ready-duration=0s',
    '-ingester.active-series-metrics-update-period=5s',
    '-memberlist.join=127.0.0.1',
  ]);
  const ports = await freePorts();
  const tempoHome = writeTempo(plan, ports, (text) =>
    text.replace(/http:\/\/mimir\.observability\.[^\s"]+/, `${prometheus}/api/v1/write`),
  );
  const tempo = await startTempo(programs.tempo, tempoHome, ports, 'variants/monolithic/stateful-set.yaml');
  const tempoUrl = `http://127.0.0.1:${String(ports.http)}`;
  const home = homeOf('scraping');
  const targets = [
    ['loki', loki.url],
    ['mimir', mimir.url],
    ['tempo', tempoUrl],
    ['prometheus', prometheus],
    ['node-exporter', `http://${nodeAt}`],
  ] as const;
  start(programs.nodeExporter, [`--web.listen-address=${nodeAt}`], home, {});
  writeFileSync(join(home, 'prometheus.yml'), JSON.stringify(scraping(plans, targets)));
  const started = start(
    programs.prometheus,
    [
      `--config.file=${home}/prometheus.yml`,
      `--storage.tsdb.path=${home}/data`,
      `--web.listen-address=${at}`,
      '--web.enable-remote-write-receiver',
      '--enable-feature=exemplar-storage',
    ],
    home,
  );
  await ready(started, `${prometheus}/-/ready`, 60);
  await ready(loki, `${loki.url}/ready`, 90);
  await ready(mimir, `${mimir.url}/ready`, 90);
  await ready(tempo, `${tempoUrl}/ready`, 90);
  const use = (seconds: number) =>
    traffic({ loki: loki.url, mimir: mimir.url, tempo: tempoUrl, prometheus, otlp: ports.otlpHttp }, seconds);
  return { prometheus, loki: loki.url, tempo: tempoUrl, use };
}

/** What Alloy would do: the labels of the contract, from the plan's own workloads. JSON is YAML. */
function scraping(plans: readonly Plan[], targets: readonly (readonly [component: string, url: string])[]) {
  const mimir = targets.find(([component]) => component === 'mimir')?.[1] ?? '';
  return {
    global: { scrape_interval: '2s', scrape_timeout: '2s' },
    remote_write: [{ url: `${mimir}/api/v1/push`, headers: { 'X-Scope-OrgID': 'main' } }],
    scrape_configs: targets.map(([component, url]) => ({
      job_name: component,
      honor_labels: true,
      static_configs: plans.flatMap((plan) => {
        const own = plan.components.find(({ name }) => name === component)?.workloads[0];
        if (own === undefined) return [];
        const node = component === 'node-exporter';
        return [
          {
            targets: [new URL(url).host],
            labels: {
              cluster: plan.collection.clusterLabel,
              namespace: node ? 'monitoring' : 'observability',
              pod: `${own.name}-0`,
              container: component,
              job: jobOf(own),
              instance: node ? 'node-1' : `${own.name}-0:http`,
            },
          },
        ];
      }),
    })),
  };
}

interface Addresses {
  readonly loki: string;
  readonly mimir: string;
  readonly tempo: string;
  readonly prometheus: string;
  readonly otlp: number;
}

/** A shop that asks for a price, now and then in vain; and somebody who looks at it. */
async function traffic({ loki, mimir, tempo, prometheus, otlp }: Addresses, seconds: number): Promise<void> {
  const headers = { 'X-Scope-OrgID': 'main', 'Content-Type': 'application/json' };
  const post = (url: string, body: object) => ask(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const until = Date.now() + seconds * 1000;
  for (let round = 0; Date.now() < until; round += 1) {
    const failed = round % 4 === 3;
    const trace = `${String(Date.now())}${String(round)}`.padStart(32, '0').slice(-32);
    await post(
      `http://127.0.0.1:${String(otlp)}/v1/traces`,
      callOf(trace, failed ? 1200 : 20 + (round % 7) * 30, failed),
    );
    await post(`${loki}/loki/api/v1/push`, linesOf(trace, failed));
    await ask(`${loki}/loki/api/v1/query_range?query=${encodeURIComponent('{namespace="sample"}')}`, { headers });
    await ask(`${mimir}/prometheus/api/v1/query?query=up`, { headers });
    await ask(`${prometheus}/api/v1/query?query=up`, { headers });
    await ask(`${tempo}/api/search?q=${encodeURIComponent('{}')}`, { headers });
    await sleep(300);
  }
}

/** What is not answered yet counts as asked. */
async function ask(url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(3000) }).catch(() => undefined);
  await answer?.text().catch(() => undefined);
}

function linesOf(trace: string, failed: boolean) {
  const line = `level=${failed ? 'error' : 'info'} msg="checked out" trace_id=${trace}`;
  const stream = {
    cluster: 'one',
    namespace: 'sample',
    container: 'shop',
    job: 'sample/shop',
    service_name: 'shop',
  };
  return { streams: [{ stream, values: [[`${String(Date.now())}000000`, line, { trace_id: trace, pod: 'shop-0' }]] }] };
}

function callOf(trace: string, milliseconds: number, failed: boolean) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const from = now - BigInt(milliseconds) * 1_000_000n;
  const id = (digit: string) => trace.slice(-15) + digit;
  const spanOf = (span: string, kind: number, name: string, parent?: string) => ({
    traceId: trace,
    spanId: span,
    ...(parent !== undefined && { parentSpanId: parent }),
    name,
    kind,
    startTimeUnixNano: String(from),
    endTimeUnixNano: String(now),
    ...(failed && { status: { code: 2 } }),
  });
  const resource = (service: string) => ({
    attributes: [
      ['service.name', service],
      ['k8s.cluster.name', 'one'],
      ['k8s.namespace.name', 'sample'],
    ].map(([key, value]) => ({ key, value: { stringValue: value } })),
  });
  return {
    resourceSpans: [
      {
        resource: resource('shop'),
        scopeSpans: [{ spans: [spanOf(id('1'), 2, 'POST /checkout'), spanOf(id('2'), 3, 'GET /price', id('1'))] }],
      },
      { resource: resource('stock'), scopeSpans: [{ spans: [spanOf(id('3'), 2, 'GET /price', id('2'))] }] },
    ],
  };
}
