import { families } from '@lgtm-fleet/alerts';
import { examplePlan, hubPlans, planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { inhibitRules } from './inhibitions.ts';

interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

const plans = [...hubPlans(), planOf({ objectStorage: { seaweedfs: {} } }, 'seaweedfs')];
const named = (matchers: readonly string[]): readonly string[] =>
  matchers.flatMap((matcher) => /^alertname=~?"(.+)"$/.exec(matcher)?.[1]?.split('|') ?? []);

describe.each(plans.map((plan) => [plan.cluster, plan] as const))('on %s', (_, plan) => {
  const rules = inhibitRules(plan) as unknown as readonly Inhibition[];
  const alerts = new Set(
    families.flatMap((family) =>
      family.groups(plan).flatMap((group) => group.rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : []))),
    ),
  );

  it('every name is an alert that the cluster has', () => {
    const names = rules.flatMap((rule) => [...named(rule.source_matchers), ...named(rule.target_matchers)]);
    expect(names.filter((name) => !alerts.has(name))).toEqual([]);
  });

  it('each is of one cluster, and no alert that explains others is itself kept back', () => {
    const sources = new Set(rules.flatMap((rule) => named(rule.source_matchers)));
    expect(rules.flatMap((rule) => named(rule.target_matchers)).filter((name) => sources.has(name))).toEqual([]);
    for (const { equal } of rules) expect(equal).toEqual(['cluster']);
  });
});

it('a bucket that refuses one store explains nothing of another', () => {
  expect(inhibitRules(examplePlan('prod-eu'))).toContainEqual({
    source_matchers: ['alertname=~"TempoBucketFailing|StoreBucketRefuses"', 'service_name=~"|tempo"'],
    target_matchers: [
      'alertname=~"TempoBlocklistNotPolled|TempoQueriesFailing|TempoQueriesBudgetBurning|GatewayServerErrors"',
    ],
    equal: ['cluster'],
  });
});

it('pushes that come to no store are kept back for the store that is down, and for no other', () => {
  const plan = examplePlan('prod-eu');
  const of = (title: string): unknown =>
    (inhibitRules(plan) as unknown as readonly Inhibition[]).find(
      ({ source_matchers: [source], target_matchers: [target] }) =>
        source === `alertname=~"GatewayDown|${title}Down"` && target === 'alertname="GatewayReachesNoStore"',
    )?.target_matchers[1];
  expect(of('Loki')).toBe('path=~"/loki/api/v1/push|/otlp/v1/logs"');
  expect(of('Mimir')).toBe('path=~"/api/v1/push|/otlp/v1/metrics"');
  expect(of('Tempo')).toBe('path=~"/otlp/v1/traces"');
});
