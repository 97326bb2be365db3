import type { Plan, SourcePlan } from '@lgtm-fleet/plan';
import { expect, test } from 'vitest';
import { agentConfig } from './agent-config.ts';
import { ALL, plannedWith } from './testing/planned.ts';

const plan = plannedWith(ALL);

/** The job of one source, changed. */
function jobOf(name: string, change: Partial<SourcePlan> = {}): unknown {
  const sources = plan.ingest.sources.filter((source) => source.name === name);
  const changed: Plan = { ...plan, ingest: { ...plan.ingest, sources: sources.map((one) => ({ ...one, ...change })) } };
  return (agentConfig(changed)['scrape_configs'] as readonly unknown[])[0];
}

test('a job has the targets, times, limits and lists of its source', () => {
  expect(jobOf('node')).toEqual({
    job_name: 'node',
    scrape_interval: '5s',
    scrape_timeout: '5s',
    scheme: 'http',
    metrics_path: '/metrics',
    honor_labels: false,
    honor_timestamps: true,
    sample_limit: 5000,
    label_limit: 41,
    label_name_length_limit: 256,
    label_value_length_limit: 2048,
    static_configs: [{ targets: [ALL.node] }],
    relabel_configs: [
      { target_label: 'site', replacement: 'workshop' },
      { target_label: 'job', replacement: 'node' },
      { target_label: 'e2e_tenant', replacement: 'alpha' },
    ],
    metric_relabel_configs: [
      { source_labels: ['__name__'], regex: '(?:go_.+)|(?:process_.+)|(?:promhttp_.+)', action: 'drop' },
    ],
  });
});

test('its own steps come after its labels, and before the mark of the tenant', () => {
  const url = `http://${String(ALL.node)}/`;
  expect(jobOf('probe')).toMatchObject({
    metrics_path: '/probe',
    params: { module: ['http_2xx'], target: [url] },
    relabel_configs: [
      { target_label: 'site' },
      { target_label: 'job' },
      { target_label: 'instance', replacement: url, action: 'replace' },
      { target_label: 'e2e_tenant', replacement: 'beta' },
    ],
  });
});

test('a dollar in a label is one, and steps on metrics come after the lists', () => {
  expect(
    jobOf('redis', {
      labels: { price: '$1' },
      metricRelabel: [{ sourceLabels: ['db'], regex: 'db0', action: 'drop' }],
    }),
  ).toMatchObject({
    relabel_configs: [{ replacement: '$$1' }, {}, {}],
    metric_relabel_configs: [
      { source_labels: ['__name__'], regex: '(?:redis_.+)', action: 'keep' },
      { source_labels: ['db'], regex: 'db0', action: 'drop' },
    ],
  });
});

test('each tenant has a remote write with its own password, and gets its own sources without the mark', () => {
  const { remote_write: writes, global } = agentConfig(plan);
  expect(global).toEqual({ external_labels: { cluster: 'e2e-single' } });
  expect(writes).toEqual(
    ['alpha', 'beta'].map((tenant) => ({
      name: tenant,
      url: 'http://gateway.observability.svc.cluster.local:8080/api/v1/push',
      basic_auth: { username: tenant, password_file: `/etc/tenant-credentials/${tenant}` },
      write_relabel_configs: [
        { source_labels: ['e2e_tenant'], regex: tenant, action: 'keep' },
        { regex: 'e2e_tenant', action: 'labeldrop' },
      ],
    })),
  );
});

test('a tenant with a token shows it, and one with a certificate cannot', () => {
  const withCredential = (credential: 'token' | 'certificate'): Plan => ({
    ...plan,
    tenants: plan.tenants.map((tenant) => ({ ...tenant, credential })),
  });
  expect(agentConfig(withCredential('token'))['remote_write']).toMatchObject([
    { authorization: { credentials_file: '/etc/tenant-credentials/alpha' } },
    {},
  ]);
  expect(() => agentConfig(withCredential('certificate'))).toThrow('alpha shows a certificate');
});

test('what only Alloy can do is refused', () => {
  const { static: fixed } = plan.ingest.sources.find(({ name }) => name === 'redis')!;
  expect(() => jobOf('redis', { static: undefined })).toThrow('only Alloy can ask the source redis');
  const auth = { bearer: { secret: 'redis', key: 'token' } };
  expect(() => jobOf('redis', { static: { ...fixed!, auth } })).toThrow('redis needs one');
});
