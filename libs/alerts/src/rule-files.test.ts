import { examplePlan } from '@lgtm-fleet/plan/testing';
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
