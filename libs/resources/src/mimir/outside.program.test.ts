import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { expect, it } from 'vitest';
import { edgeFolders } from '../edge/edge.ts';
import { ready, start, type Started } from '../testing/programs.ts';
import { startMimir, write } from './testing/mimir.ts';

/** What pushes from outside, at the real Mimir. */

const folder = temporaryFolder('outside');
const mimir = findProgram('mimir');
const prometheus = findProgram('prometheus');
const named = (title: string): string =>
  `${title}${unlessFound('mimir', mimir)}${unlessFound('prometheus', prometheus)}`;

const plan = planOf(
  {
    load: { metrics: { activeSeries: '50k' } },
    metrics: { store: 'mimir' },
    exposure: {
      gateway: { name: 'public', namespace: 'gateways' },
      grafana: { hostname: 'grafana.example.com' },
      ingest: { hostname: 'push.example.com' },
    },
    tenants: [{ name: 'main', writers: [{ name: 'pushes' }] }, { name: 'other' }],
    ingest: {
      sources: [{ name: 'tagged', limits: { labels: 60 }, static: { targets: ['192.0.2.7:9100'] } }],
      senders: [{ name: 'plant', writer: 'pushes', protocols: ['remote-write'], pair: {} }],
      hosts: [{ name: 'vms', writer: 'pushes', buffer: '6h' }],
    },
  },
  'outside',
);

/** One process, which takes over from a silent replica sooner than it would. */
async function started(): Promise<string> {
  const running = await startMimir(mimir!, write(plan), [
    '-ingester.ring.min-ready-duration=0s',
    '-memberlist.join=127.0.0.1',
    '-distributor.ha-tracker.update-timeout=1s',
    '-distributor.ha-tracker.update-timeout-jitter-max=0s',
    '-distributor.ha-tracker.failover-timeout=3s',
  ]);
  await ready(running, `${running.url}/ready`, 40);
  return running.url;
}

interface Result {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

async function ask(url: string, query: string, tenant = 'main', time = Date.now() / 1000): Promise<readonly Result[]> {
  const address = `${url}/prometheus/api/v1/query?query=${encodeURIComponent(query)}&time=${String(time)}`;
  const answer = await fetch(address, { headers: { 'X-Scope-OrgID': tenant } });
  return ((await answer.json()) as { data: { result: readonly Result[] } }).data.result;
}

/** A Prometheus with the file of one of the pair, which scrapes a target that is not there, and pushes to Mimir itself. */
async function replica(name: string, url: string): Promise<Started> {
  const file = edgeFolders(plan)
    .flatMap(({ files }) => files)
    .find((one) => one.name === name);
  if (file?.form !== 'yaml') throw new Error(`there is no ${name}`);
  const { global, remote_write } = file.value as {
    readonly global: object;
    readonly remote_write: readonly { readonly basic_auth: object }[];
  };
  const home = mkdtempSync(join(folder, 'prometheus-'));
  const value = {
    global: { ...global, scrape_interval: '1s', scrape_timeout: '1s' },
    remote_write: remote_write.map(({ basic_auth: _, ...endpoint }) => ({
      ...endpoint,
      url: `${url}/api/v1/push`,
      headers: { 'X-Scope-OrgID': 'main' },
    })),
    scrape_configs: [{ job_name: 'machine', static_configs: [{ targets: ['127.0.0.1:1'] }] }],
  };
  writeFileSync(join(home, 'prometheus.yml'), stringify(value));
  const at = `127.0.0.1:${String(await freePort())}`;
  const flags = [
    `--config.file=${home}/prometheus.yml`,
    `--storage.tsdb.path=${home}/data`,
    `--web.listen-address=${at}`,
  ];
  const running = start(prometheus!, flags, home);
  await ready(running, `http://${at}/-/ready`, 20);
  return running;
}

it.skipIf(mimir === undefined || prometheus === undefined)(
  named('of a pair Mimir takes one, and the other when that is silent'),
  { timeout: 90_000 },
  async () => {
    const url = await started();
    const first = await replica('prometheus-a.yml', url);
    await expect.poll(() => ask(url, 'up{job="machine"}'), { timeout: 20_000 }).toHaveLength(1);
    await replica('prometheus-b.yml', url);
    const deduplicated = async (): Promise<string> => {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      return (
        /^cortex_distributor_deduped_samples_total\{cluster="plant",user="main"\} (\d+)/m.exec(metrics)?.[1] ?? '0'
      );
    };
    await expect.poll(deduplicated, { timeout: 20_000 }).not.toBe('0');
    const [series, ...others] = await ask(url, 'up{job="machine"}');
    expect(others).toEqual([]);
    expect(series?.metric).toEqual({ __name__: 'up', cluster: 'plant', instance: '127.0.0.1:1', job: 'machine' });

    first.child.kill('SIGKILL');
    const killed = Date.now() / 1000;
    const newest = async (): Promise<number> =>
      Number((await ask(url, 'timestamp(up{job="machine"})'))[0]?.value[1] ?? 0);
    await expect.poll(newest, { timeout: 30_000 }).toBeGreaterThan(killed + 4);
  },
);

/** One sample over OTLP. */
function push(url: string, tenant: string, service: string, secondsAgo: number): Promise<Response> {
  const timeUnixNano = `${String(Date.now() - secondsAgo * 1000)}000000`;
  const metrics = [{ name: 'machine_load', gauge: { dataPoints: [{ asDouble: 1, timeUnixNano }] } }];
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  return fetch(`${url}/otlp/v1/metrics`, {
    method: 'POST',
    headers: { 'X-Scope-OrgID': tenant, 'Content-Type': 'application/json' },
    body: JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }),
  });
}

it.skipIf(mimir === undefined)(
  named('what a machine kept comes as late as it keeps it, to its own tenant'),
  { timeout: 60_000 },
  async () => {
    const url = await started();
    const [usual, buffer] = [3600 * 3, 3600 * 6];
    for (const tenant of ['main', 'other']) {
      const now = await push(url, tenant, 'others', 0);
      expect(now.status, await now.text()).toBe(200);
    }
    const late = await push(url, 'main', 'late', buffer);
    expect(late.status, await late.text()).toBe(200);
    const at = Date.now() / 1000 - buffer + 10;
    await expect.poll(() => ask(url, 'machine_load{job="late"}', 'main', at), { timeout: 10_000 }).toHaveLength(1);
    // Over OTLP the rest of a request is taken, and the answer says what was not.
    for (const [tenant, secondsAgo] of [
      ['other', usual],
      ['main', buffer + 3600],
    ] as const)
      expect(await (await push(url, tenant, 'too-late', secondsAgo)).text(), tenant).toMatch(
        /beyond the out-of-order time window of (?:30m|6h30m)/,
      );
  },
);

/** A sample of a series with so many labels: its name, `job`, `service_name`, and others. */
async function labelled(url: string, tenant: string, labels: number): Promise<string> {
  const timeUnixNano = `${String(Date.now())}000000`;
  const attributes = Array.from({ length: labels - 3 }, (_, index) => ({
    key: `label_${String(index)}`,
    value: { stringValue: 'x' },
  }));
  const metrics = [
    { name: `of_${String(labels)}`, gauge: { dataPoints: [{ asDouble: 1, timeUnixNano, attributes }] } },
  ];
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'tagged' } }] };
  const answer = await fetch(`${url}/otlp/v1/metrics`, {
    method: 'POST',
    headers: { 'X-Scope-OrgID': tenant, 'Content-Type': 'application/json' },
    body: JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }),
  });
  return answer.text();
}

it.skipIf(mimir === undefined)(
  named('a series has as many labels as its source may give, and `cluster`, and no more'),
  { timeout: 60_000 },
  async () => {
    const url = await started();
    for (const [tenant, labels] of [
      ['main', 61],
      ['other', 41],
    ] as const) {
      expect(await labelled(url, tenant, labels), `${tenant} ${String(labels)}`).not.toContain('label');
      expect(await labelled(url, tenant, labels + 1)).toContain('number of labels');
    }
  },
);
