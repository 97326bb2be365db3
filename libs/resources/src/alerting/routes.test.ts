import { planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mimir } from '../mimir/resources.ts';
import { yamlFiles } from '../testing/plans.ts';
import { inhibitRules } from './inhibitions.ts';
import { alertmanagerConfig } from './routes.ts';

const hook = (name: string) => ({ name, kind: 'webhook', url: `https://hooks.example.com/${name}` }) as const;
const [a, b] = [hook('a'), hook('b')];
const said = 'spec.notifications';

describe('who is told', () => {
  it('is the usual one, where nothing goes elsewhere', () => {
    const all = ['a'];
    const { value } = alertmanagerConfig({
      routes: { critical: all, warning: all, info: all, others: all },
      receivers: [a],
      said,
    });
    expect(value['route']).toEqual({ receiver: 'a', group_by: ['alertname', 'cluster', 'namespace'] });
    expect(value['receivers']).toHaveLength(1);
  });

  it('are several, each by a route that goes on to the next', () => {
    const { value } = alertmanagerConfig({
      routes: { critical: ['a', 'b'], warning: ['b'], info: [], others: ['a', 'b'] },
      receivers: [a, b],
      said,
    });
    expect(value['route']).toMatchObject({
      receiver: 'nobody',
      routes: [
        { matchers: ['severity="critical"'], receiver: 'a', continue: true },
        { matchers: ['severity="critical"'], receiver: 'b' },
        { matchers: ['severity="warning"'], receiver: 'b' },
        { matchers: ['severity="info"'], receiver: 'nobody' },
        { receiver: 'a', continue: true },
        { receiver: 'b' },
      ],
    });
  });

  it('is nobody, where a list is empty', () => {
    const { value } = alertmanagerConfig({
      routes: { critical: ['a'], warning: [], info: [], others: [] },
      receivers: [a],
      said,
    });
    expect(value['route']).toEqual({
      receiver: 'nobody',
      group_by: ['alertname', 'cluster', 'namespace'],
      routes: [{ matchers: ['severity="critical"'], receiver: 'a' }],
    });
    expect(value['receivers']).toContainEqual({ name: 'nobody' });
  });
});

describe('what is known of the stack', () => {
  const all = ['a'];
  const alerts = { routes: { critical: all, warning: all, info: all, others: all }, receivers: [a], said };

  it('is told of by one message, and its end to all but who waits for a sign of life', () => {
    const inhibited = [{ source_matchers: ['alertname="A"'], target_matchers: ['alertname="B"'], equal: ['cluster'] }];
    const { value } = alertmanagerConfig(alerts, { before: [], alone: [b], inhibited, groupedBy: ['evaluator'] });
    expect(value['inhibit_rules']).toEqual(inhibited);
    expect(value['route']).toMatchObject({ group_by: ['alertname', 'cluster', 'namespace', 'evaluator'] });
    expect(value['receivers']).toEqual([
      { name: 'a', webhook_configs: [{ url: 'https://hooks.example.com/a', send_resolved: true }] },
      { name: 'b', webhook_configs: [{ url: 'https://hooks.example.com/b', send_resolved: false }] },
    ]);
  });

  it('keeps nothing of any tenant back', () => {
    const plan = planOf({
      objectStorage: { seaweedfs: {} },
      selfMonitoring: { canaries: false },
      notifications: { receivers: [{ name: 'team', webhook: { url: 'https://hooks.example.com/team' } }] },
    });
    const kept = new Map(
      yamlFiles(mimir, plan, 'mimir')
        .filter(({ configMap }) => configMap === 'mimir-alert-routes')
        .map(({ key, text }) => [key, (parse(text) as { readonly inhibit_rules?: unknown }).inhibit_rules]),
    );
    expect(kept.get('self-monitoring.yaml')).toEqual(inhibitRules(plan));
    expect([...kept].filter(([key, rules]) => key !== 'self-monitoring.yaml' && rules !== undefined)).toEqual([]);
    expect(kept.size).toBeGreaterThan(1);
  });
});

it("Mimir tells nobody of the alert that always fires, which the stack's tenant has", () => {
  const plan = planOf({
    objectStorage: { seaweedfs: {} },
    selfMonitoring: { canaries: false },
    notifications: {
      receivers: [{ name: 'team', webhook: { url: 'https://hooks.example.com/team' } }],
      routes: { info: ['team'] },
    },
  });
  const routes = (tenant: string): readonly unknown[] => {
    const file = yamlFiles(mimir, plan, 'mimir').find(({ key }) => key === `${tenant}.yaml`);
    return (parse(file?.text ?? '') as { readonly route: { readonly routes?: readonly unknown[] } }).route.routes ?? [];
  };
  expect(routes('self-monitoring')).toEqual([{ matchers: ['alertname="DeadMansSwitch"'], receiver: 'nobody' }]);
  expect(routes('main')).toEqual([]);
});
