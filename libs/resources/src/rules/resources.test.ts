import { ruleFiles } from '@lgtm-fleet/alerts';
import { plan } from '@lgtm-fleet/plan';
import { examplePlan, fleet, planOf } from '@lgtm-fleet/plan/testing';
import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesByHand } from './by-hand.ts';
import { NAMESPACE_PREFIX, ownedGroups, rulersOf } from './index-file.ts';
import { rules } from './resources.ts';

/** The emitted files of a plan, and the names of the ConfigMaps that the pod mounts. */
function emitted(of: ReturnType<typeof planOf>, byHand = rulesByHand(of, [])) {
  const component = of.components.find(({ name }) => name === 'rules');
  if (component === undefined) throw new Error(`${of.cluster} has no rules`);
  const { configFiles, patchFiles } = rules(of, component, { rules: byHand.groups });
  const mounted = [...JSON.stringify(patchFiles).matchAll(/"configMap":\{"name":"([^"]+)"\}/g)].map(([, name]) => name);
  const text = (name: string): string => {
    const file = configFiles.find((one) => one.name === name);
    return file?.form === 'text' ? file.text : '';
  };
  const lines = (name: string) =>
    text(name)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  return { configFiles, mounted, owners: lines('owners.txt'), groups: lines('groups.txt') };
}

describe('on every hub', () => {
  it('every group has its file, in a ConfigMap that is mounted, and an owner who signs in', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const of = plan(cluster, fleet);
        const { configFiles, mounted, owners, groups } = emitted(of);
        const files = new Map(configFiles.map((file) => [file.key ?? file.name, file.configMap]));
        for (const [tenant = '', store = '', namespace = '', , file = ''] of groups) {
          expect(mounted).toContain(files.get(file));
          expect(namespace.startsWith(NAMESPACE_PREFIX)).toBe(true);
          expect(owners.some(([name, , own]) => name === tenant && own === store)).toBe(true);
        }
        expect(new Set(owners.map((owner) => owner.join('/'))).size).toBe(owners.length);
        expect(new Set(owners.map(([, , store]) => store))).toEqual(new Set(rulersOf(of)));
        expect(owners.map(([tenant]) => tenant)).toEqual(expect.arrayContaining(of.tenants.map(({ name }) => name)));
      }),
      { numRuns: 25 },
    );
  });
});

it('brings what the families say for the rulers, and for no other evaluator', () => {
  const of = examplePlan('prod-eu');
  const wanted = ruleFiles(of).filter(({ evaluator }) => evaluator !== 'meta');
  expect(new Set(ownedGroups(of).map(({ tenant, store, namespace }) => `${tenant} ${store} ${namespace}`))).toEqual(
    new Set(wanted.map(({ tenant, evaluator, name }) => `${tenant ?? ''} ${evaluator} ${NAMESPACE_PREFIX}${name}`)),
  );
});

const MAIN = planOf({ objectStorage: { seaweedfs: {} } });
const written = (text: string, more: Partial<Parameters<typeof rulesByHand>[1][number]> = {}) => ({
  path: 'clusters/test/rules/main/metrics/shop.yaml',
  tenant: 'main',
  store: 'metrics' as const,
  name: 'shop',
  text,
  ...more,
});

describe('rules by hand', () => {
  it('come along beside the others, with names as they are', () => {
    const text = `groups:
  - name: Shop orders
    interval: 1m
    rules:
      - alert: Down
        expr: up == 0
`;
    const byHand = rulesByHand(MAIN, [
      written(text),
      written(text, { store: 'logs', text: text.replace('up == 0', 'rate({a="b"}[1m]) > 1') }),
    ]);
    expect(byHand.diagnostics).toEqual([]);
    const { configFiles, groups, mounted } = emitted(MAIN, byHand);
    expect(groups).toContainEqual([
      'main',
      'metrics',
      'lgtm-fleet-shop-by-hand',
      'Shop orders',
      'metrics-main-shop-by-hand-0.yaml',
    ]);
    expect(mounted).toEqual(expect.arrayContaining(['rules-metrics-by-hand-main', 'rules-logs-by-hand-main']));
    const file = configFiles.find(({ name }) => name === 'metrics-main-shop-by-hand-0.yaml');
    expect(file).toMatchObject({
      value: { name: 'Shop orders', interval: '1m', rules: [{ alert: 'Down', expr: 'up == 0' }] },
    });
  });

  it.each([
    ['groups: [', 'unreadable-rules'],
    ['rules: []\n', 'unreadable-rules'],
    ['groups:\n  - name: a\n    rules: [{ alert: A, record: b, expr: up }]\n', 'unreadable-rules'],
    ['groups:\n  - name: a\n    rules: [{ alert: A, expr: "sum(" }]\n', 'rules-syntax'],
    ['groups:\n  - name: a/b\n    rules: []\n', 'rules-name'],
    ['groups:\n  - rules: []\n', 'rules-name'],
  ])('are refused where a ruler would: %j', (text, id) => {
    const { groups, diagnostics } = rulesByHand(MAIN, [written(text)]);
    expect(groups).toEqual([]);
    expect(diagnostics.map((one) => one.id)).toContain(id);
    for (const { span } of diagnostics) expect(span).toBeDefined();
  });

  it('belong to a tenant of a hub, in a file that a namespace can be called after', () => {
    const fine = 'groups: []\n';
    const ids = (file: ReturnType<typeof written>, of = MAIN) =>
      rulesByHand(of, [file]).diagnostics.map(({ id }) => id);
    expect(ids(written(fine))).toEqual([]);
    expect(ids(written(fine, { tenant: 'other' }))).toEqual(['rules-of-unknown-tenant']);
    expect(ids(written(fine, { name: 'a b' }))).toEqual(['rules-name']);
    expect(ids(written(fine, { tenant: 'platform' }), examplePlan('prod-eu-shop'))).toEqual(['rules-of-an-edge']);
  });
});
