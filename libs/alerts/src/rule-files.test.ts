import { examplePlan, planOf } from '@lgtm-fleet/plan/testing';
import { checkRateWindows } from '@lgtm-fleet/queries';
import { SCRAPE_SECONDS } from '@lgtm-fleet/spec';
import { describe, expect, it } from 'vitest';
import { ruleFiles } from './rule-files.ts';

const files = ruleFiles(examplePlan('prod-eu'));
const tenantsOf = (family: string) =>
  files.filter(({ name, evaluator }) => name === family && evaluator === 'metrics').map(({ tenant }) => tenant);

describe('rules of a hub with a tenant of its own', () => {
  it('go to whose telemetry they look at', () => {
    expect(tenantsOf('gateway')).toEqual(['self-monitoring']);
    expect(tenantsOf('nodes')).toEqual(['platform']);
    // The namespaces of the stack are those of its own tenant, so it has the rules on what runs there.
    for (const family of ['kubernetes', 'volumes', 'collectors'])
      expect(tenantsOf(family)).toEqual(['platform', 'payments', 'self-monitoring']);
  });

  it('of sources go to the tenant of each, and speak of no other', () => {
    expect(tenantsOf('sources')).toEqual(['payments', 'platform']);
    const [payments, platform] = files
      .filter(({ name }) => name === 'sources')
      .map(({ value }) => JSON.stringify(value));
    expect(payments).toMatch(/shop-front.*orders-db|orders-db.*shop-front/);
    expect(payments).not.toContain('edge-routers');
    expect(platform).toContain('edge-routers');
    expect(platform).not.toMatch(/shop-front|orders-db/);
  });
});

it('the Prometheus that watches sees the objects of everybody, and tells of those of the stack alone', () => {
  const text = (evaluator: string) =>
    JSON.stringify(files.find((file) => file.name === 'kubernetes' && file.evaluator === evaluator)?.value);
  expect(text('meta')).toContain('namespace=~');
  expect(text('metrics')).not.toContain('namespace=~');
});

it('an edge has no rules: its telemetry is its hub’s', () => {
  expect(ruleFiles(examplePlan('prod-eu-shop'))).toEqual([]);
});

it('looks back over four scrapes wherever it takes a rate, also at the slowest pace that there is', () => {
  const slow = ruleFiles(
    planOf({
      kubernetes: { nodes: 6 },
      objectStorage: { s3: { region: 'eu-west-1', bucketPrefix: 'acme' } },
      load: { metrics: { scrapeInterval: `${String(SCRAPE_SECONDS.most)}s` } },
    }),
  ).filter(({ evaluator }) => evaluator !== 'logs');
  const expressions = slow.flatMap(({ value }) =>
    (value as unknown as Groups).groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
  );
  expect(expressions.length).toBeGreaterThan(200);
  for (const expr of expressions) expect(checkRateWindows(expr, SCRAPE_SECONDS.most * 1000), expr).toEqual([]);
});

interface Groups {
  readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
}
