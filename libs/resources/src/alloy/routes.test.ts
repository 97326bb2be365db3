import { planOf } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { metricRules, routes } from './routes.ts';

type Labels = Readonly<Record<string, string>>;

/** Who gets a series, by the rules as Prometheus' relabelling reads them. */
function ownersOf(spec: Readonly<Record<string, unknown>>, series: Labels): readonly string[] {
  const planned = planOf({ objectStorage: { seaweedfs: { size: '50GB' } }, ...spec });
  return routes(planned).flatMap((route) => {
    let labels: Labels = series;
    for (const rule of metricRules(route, planned)) {
      const regex = new RegExp(`^(?:${rule.regex ?? '(.*)'})$`);
      if (rule.action === 'labeldrop') {
        labels = Object.fromEntries(Object.entries(labels).filter(([name]) => !regex.test(name)));
        continue;
      }
      const value = (rule.source_labels ?? []).map((name) => labels[name] ?? '').join(';');
      if (rule.action === 'keep' && !regex.test(value)) return [];
      if (rule.action === 'drop' && regex.test(value)) return [];
      if (rule.target_label !== undefined && regex.test(value))
        labels = { ...labels, [rule.target_label]: value.replace(regex, rule.replacement ?? '$1') };
    }
    expect(labels, 'nothing is sent that was not scraped').toEqual(series);
    return [route.tenant];
  });
}

const tenants = [{ name: 'platform' }, { name: 'payments', namespaces: ['payments'] }];
const SERIES: readonly (readonly [what: string, owner: string, labels: Labels])[] = [
  ['a pod of nobody', 'platform', { namespace: 'default', job: 'default/shop' }],
  ['a pod of a tenant', 'payments', { namespace: 'payments', job: 'payments/api' }],
  ['a container of a tenant, by cAdvisor', 'payments', { namespace: 'payments', job: 'kube-system/cadvisor' }],
  ['a kubelet, which has no namespace', 'platform', { job: 'kube-system/kubelet' }],
  ['a node', 'platform', { namespace: 'monitoring', job: 'monitoring/node-exporter' }],
];

test.each(SERIES)('metrics of %s go to %s and to nobody else', (_what, owner, labels) => {
  expect(ownersOf({ tenants }, labels)).toEqual([owner]);
  expect(ownersOf({ tenants, selfMonitoring: {} }, labels)).toEqual([owner]);
});

test('metrics of the stack go to its own tenant where it has one', () => {
  for (const labels of [
    { namespace: 'observability', job: 'observability/mimir-ingester' },
    { namespace: 'monitoring', job: 'monitoring/canary-logs' },
    { namespace: 'argocd', job: 'monitoring/kube-state-metrics' },
  ]) {
    expect(ownersOf({ tenants }, labels)).toEqual(['platform']);
    expect(ownersOf({ tenants, selfMonitoring: {} }, labels)).toEqual(['self-monitoring']);
  }
});
