import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { describe, expect, it } from 'vitest';
import { homeOf } from '../../../../libs/resources/src/testing/programs.ts';
import { agentOf } from './agent.ts';

const overlays = join(import.meta.dirname, '../../../../overlays');
const fileOf = (cluster: string): string => readFileSync(join(overlays, cluster, 'alloy/config.alloy'), 'utf8');
const node = { NODE_NAME: 'node-1', NODE_IP: '192.0.2.1' };
const promtool = findProgram('promtool');

describe('the agent in the place of Alloy', () => {
  it.each(['home-lab', 'prod-eu', 'startup'])('has every scrape and every tenant of %s', (cluster) => {
    const config = agentOf(fileOf(cluster), node);
    const names = (key: string): unknown =>
      (config[key] as readonly { job_name?: string; name?: string }[]).map((one) => one.job_name ?? one.name);
    expect(names('scrape_configs')).toEqual(['annotated', 'kube_state_metrics', 'kubelet', 'cadvisor']);
    expect(names('remote_write')).toEqual(
      { 'home-lab': ['main'], 'prod-eu': ['platform', 'payments', 'self-monitoring'], startup: ['main'] }[cluster],
    );
  });

  it('asks the kubelet of its node, and the pods of it, as Alloy does', () => {
    const { scrape_configs: scrapes, global, remote_write: writes } = agentOf(fileOf('prod-eu'), node);
    expect(global).toEqual({ external_labels: { cluster: 'prod-eu' } });
    expect(scrapes).toMatchObject([
      {
        kubernetes_sd_configs: [{ role: 'pod', selectors: [{ role: 'pod', field: 'spec.nodeName=node-1' }] }],
        relabel_configs: expect.arrayContaining([
          { source_labels: ['namespace', '__workload'], separator: '/', target_label: 'job' },
        ]) as unknown,
      },
      { honor_labels: true },
      {
        static_configs: [{ targets: ['192.0.2.1:10250'], labels: { job: 'kube-system/kubelet', instance: 'node-1' } }],
        tls_config: { insecure_skip_verify: true },
      },
      { metrics_path: '/metrics/cadvisor', metric_relabel_configs: [{ action: 'drop' }, { action: 'drop' }] },
    ]);
    expect(writes).toMatchObject([
      { name: 'platform', basic_auth: { username: 'platform' } },
      { name: 'payments' },
      {
        name: 'self-monitoring',
        write_relabel_configs: expect.arrayContaining([
          { source_labels: ['__tmp_owner'], regex: 'argocd|monitoring|observability', action: 'keep' },
        ]) as unknown,
      },
    ]);
  });

  it('says what it cannot do', () => {
    expect(() => agentOf('discovery.kubernetes "a" { }', node)).toThrow('the file writes no metrics');
    const home = fileOf('home-lab');
    expect(() => agentOf(home, {})).toThrow('nobody answers sys.env("NODE_NAME") here');
  });

  it.skipIf(promtool === undefined).each(['home-lab', 'prod-eu', 'startup'])(
    `is one that Prometheus takes, of %s${unlessFound('promtool', promtool)}`,
    (cluster) => {
      const home = homeOf('agent');
      writeFileSync(join(home, 'agent.yml'), stringify(agentOf(fileOf(cluster), node)));
      const { stdout, stderr } = spawnSync(promtool!, ['check', 'config', '--agent', '--syntax-only', 'agent.yml'], {
        cwd: home,
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toContain('SUCCESS');
    },
  );
});
