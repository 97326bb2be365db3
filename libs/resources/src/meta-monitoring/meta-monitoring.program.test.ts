import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { dirname, join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan, planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, isExecutable, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { baseArguments } from '../testing/checkout.ts';
import { yamlFiles } from '../testing/plans.ts';
import { moved, ready, start } from '../testing/programs.ts';
import { metaMonitoring } from './resources.ts';

const program = findProgram('prometheus');
const promtool = program === undefined ? '' : join(dirname(program), 'promtool');
const folder = temporaryFolder('meta-monitoring');

/** The generated files in a folder of their own, which is returned. */
function write(plan: Plan, change: (text: string) => string = (text) => text): string {
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  for (const part of ['etc/meta-monitoring', 'etc/meta-monitoring-rules', 'var/meta-monitoring', 'etc/tls'])
    mkdirSync(join(home, part), { recursive: true });
  writeFileSync(join(home, 'etc/tls/ca.crt'), '');
  for (const { configMap, name, key = name, text } of yamlFiles(metaMonitoring, plan, 'meta-monitoring'))
    writeFileSync(join(home, 'etc', configMap.replace('-config', ''), key), change(moved(text, home)));
  return home;
}

const encrypted = planOf(
  {
    objectStorage: { seaweedfs: {} },
    tls: { issuer: 'internal' },
    selfMonitoring: { canaries: false },
    notifications: { receivers: [{ name: 'team', webhook: { url: 'https://hooks.example.com/team' } }] },
  },
  'encrypted',
);
const plans = [examplePlan('prod-eu'), encrypted].map((plan) => [plan.cluster, plan] as const);

describe.each(plans)('%s', (_, plan) => {
  it.skipIf(!isExecutable(promtool))(`promtool finds no fault${unlessFound('promtool', promtool || undefined)}`, () => {
    const home = write(plan);
    const { status, stdout, stderr } = spawnSync(
      promtool,
      ['check', 'config', '--lint=all', '--lint-fatal', join(home, 'etc/meta-monitoring/prometheus.yml')],
      { encoding: 'utf8' },
    );
    expect(status, stdout + stderr).toBe(0);
  });
});

interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly component: string;
  readonly controller: readonly [kind: string, name: string];
  readonly port: readonly [name: string, number: string];
  readonly zone?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly stranger?: boolean;
}

/** A target as service discovery would say it; all answer at one address. */
function target(pod: Pod, address: string) {
  const meta = {
    namespace: pod.namespace,
    pod_name: pod.name,
    pod_container_name: pod.component,
    pod_container_init: 'false',
    pod_phase: 'Running',
    pod_controller_kind: pod.controller[0],
    pod_controller_name: pod.controller[1],
    pod_container_port_name: pod.port[0],
    pod_container_port_number: pod.port[1],
    pod_label_app_kubernetes_io_name: pod.component,
    pod_label_app_kubernetes_io_part_of: pod.stranger === true ? 'something-else' : 'lgtm-fleet',
    ...(pod.zone !== undefined && { pod_label_zone: pod.zone }),
    pod_annotation_prometheus_io_scrape: 'true',
    pod_annotation_prometheus_io_port: pod.port[1],
    ...pod.annotations,
  };
  const labels = Object.entries(meta).map(([name, value]) => [`__meta_kubernetes_${name}`, value] as const);
  return { targets: [address], labels: Object.fromEntries(labels) };
}

const PODS: readonly Pod[] = [
  {
    namespace: 'observability',
    name: 'loki-ingester-zone-a-0',
    component: 'loki',
    controller: ['StatefulSet', 'loki-ingester-zone-a'],
    port: ['http', '3100'],
    zone: 'zone-a',
  },
  {
    namespace: 'observability',
    name: 'mimir-distributor-5d8f7c9b6d-x2x4z',
    component: 'mimir',
    controller: ['ReplicaSet', 'mimir-distributor-5d8f7c9b6d'],
    port: ['http', '8080'],
  },
  {
    namespace: 'observability',
    name: 'mimir-distributor-5d8f7c9b6d-x2x4z',
    component: 'mimir',
    controller: ['ReplicaSet', 'mimir-distributor-5d8f7c9b6d'],
    port: ['grpc', '9095'],
    annotations: { pod_annotation_prometheus_io_port: '8080' },
  },
  {
    namespace: 'monitoring',
    name: 'kube-state-metrics-6c9f8d7b5c-abcde',
    component: 'kube-state-metrics',
    controller: ['ReplicaSet', 'kube-state-metrics-6c9f8d7b5c'],
    port: ['http', '8080'],
  },
  {
    namespace: 'monitoring',
    name: 'node-exporter-q7x2v',
    component: 'node-exporter',
    controller: ['DaemonSet', 'node-exporter'],
    port: ['http', '9100'],
  },
  {
    namespace: 'monitoring',
    name: 'somebody-elses-0',
    component: 'somebody-elses',
    controller: ['StatefulSet', 'somebody-elses'],
    port: ['http', '80'],
    stranger: true,
  },
];

/** What a pod of the stack would say. */
async function exporter(): Promise<string> {
  const server = createHttpServer((_, response) => {
    response
      .writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' })
      .end(
        [
          'work_total 7',
          'kube_pod_info{namespace="shop",pod="web-0",container="web"} 1',
          '# TYPE wanted_seconds histogram',
          'wanted_seconds_bucket{le="+Inf"} 3',
          'wanted_seconds_sum 1',
          'wanted_seconds_count 3',
          '# TYPE other_seconds histogram',
          'other_seconds_bucket{le="+Inf"} 5',
          'other_seconds_sum 1',
          'other_seconds_count 5',
          '',
        ].join('\n'),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

it.skipIf(program === undefined)(
  `it scrapes the stack alone, with the labels of the collectors, evaluates what is mounted and keeps alerting${unlessFound('prometheus', program)}`,
  { timeout: 60_000 },
  async () => {
    const plan = examplePlan('prod-eu');
    const address = await exporter();
    const alerts: string[] = [];
    const alertmanager = createHttpServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        alerts.push(body);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => alertmanager.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      alertmanager.closeAllConnections();
      alertmanager.close();
    });
    const teller = `127.0.0.1:${String((alertmanager.address() as AddressInfo).port)}`;
    const home = write(plan, (text) => {
      if (!text.includes('scrape_configs')) return text;
      const config = parse(text.replaceAll('30s', '1s').replace(/alertmanager\.monitoring\.\S+/, teller)) as {
        scrape_configs: Record<string, unknown>[];
      };
      const statics = PODS.map((pod) => target(pod, address));
      const scrapes = config.scrape_configs.map(({ kubernetes_sd_configs: _, ...rest }) => ({
        ...rest,
        static_configs: statics,
      }));
      return stringify({ ...config, scrape_configs: scrapes });
    });
    const at = `127.0.0.1:${String(await freePort())}`;
    const flags = baseArguments('meta-monitoring/stateful-set.yaml').map((argument) =>
      argument.replace(/=\/(etc|var)/, `=${home}/$1`),
    );
    const started = start(program!, [...flags, `--web.listen-address=${at}`, '--config.auto-reload-interval=1s'], home);
    const url = `http://${at}/prometheus`;
    await ready(started, `${url}/-/ready`, 20);
    const query = async (expression: string): Promise<readonly Readonly<Record<string, string>>[]> => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
      const { data } = (await answer.json()) as { data: { result: { metric: Record<string, string> }[] } };
      return data.result
        .map(({ metric }) => metric)
        .toSorted((left, right) => ((left['job'] ?? '') < (right['job'] ?? '') ? -1 : 1));
    };
    const labels = { cluster: 'prod-eu' };
    await expect
      .poll(() => query('work_total'), { timeout: 15_000 })
      .toEqual([
        {
          __name__: 'work_total',
          ...labels,
          job: 'monitoring/kube-state-metrics',
          instance: 'kube-state-metrics-6c9f8d7b5c-abcde:8080',
        },
        {
          __name__: 'work_total',
          ...labels,
          namespace: 'observability',
          pod: 'loki-ingester-zone-a-0',
          container: 'loki',
          job: 'observability/loki-ingester',
          instance: 'loki-ingester-zone-a-0:3100',
        },
        {
          __name__: 'work_total',
          ...labels,
          namespace: 'observability',
          pod: 'mimir-distributor-5d8f7c9b6d-x2x4z',
          container: 'mimir',
          job: 'observability/mimir-distributor',
          instance: 'mimir-distributor-5d8f7c9b6d-x2x4z:8080',
        },
      ]);
    expect(await query('kube_pod_info{job="monitoring/kube-state-metrics"}')).toEqual([
      expect.objectContaining({ ...labels, namespace: 'shop', pod: 'web-0', container: 'web' }),
    ]);
    // Without buckets there is nothing for a quantile; sums and counts stay.
    expect(await query('{__name__=~".+_bucket", job="observability/loki-ingester"}')).toEqual([]);
    expect(await query('other_seconds_count{job="observability/loki-ingester"}')).toHaveLength(1);

    // A file that the kubelet brings later is read without a restart, and what fires is told.
    const rules = {
      groups: [{ name: 'alive', interval: '1s', rules: [{ alert: 'DeadMansSwitch', expr: 'vector(1)' }] }],
    };
    writeFileSync(join(home, 'etc/meta-monitoring-rules/alive.yaml'), stringify(rules));
    await expect.poll(() => alerts.join('\n'), { timeout: 20_000 }).toContain('"alertname":"DeadMansSwitch"');
    expect(alerts.join('\n')).toContain('"cluster":"prod-eu"');
  },
);
