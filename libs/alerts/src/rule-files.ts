import { stackTenant, type Plan } from '@lgtm-fleet/plan';
import { runbookUrl } from '@lgtm-fleet/runbooks';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { families } from './families/index.ts';
import type { AlertRule, Evaluator, RuleFamily, RuleGroup } from './types.ts';

/** A file of groups as Prometheus and the rulers read them. */
export interface RuleFile {
  readonly evaluator: Evaluator;
  /** Whose rules they are; absent for the Prometheus that watches, which knows no tenants. */
  readonly tenant?: string;
  /** Name of the family; the namespace of the rules in a ruler. */
  readonly name: string;
  readonly value: YamlValue;
}

/** Every file of rules of a hub, by evaluator, tenant and family; none on an edge, whose telemetry is its hub's. */
export function ruleFiles(plan: Plan): readonly RuleFile[] {
  if (plan.role === 'edge') return [];
  return families.flatMap((family) =>
    family.evaluators.flatMap((evaluator): readonly RuleFile[] =>
      evaluator === 'meta'
        ? fileOf(plan, family, evaluator)
        : tenantsOf(plan, family).flatMap((tenant) => fileOf(plan, family, evaluator, tenant)),
    ),
  );
}

function fileOf(plan: Plan, family: RuleFamily, evaluator: Evaluator, tenant?: string): readonly RuleFile[] {
  const groups = family.groups(plan, tenant).filter(({ rules }) => rules.length > 0);
  if (groups.length === 0) return [];
  const value = { groups: groups.map((group) => written(plan, group)) };
  return [{ evaluator, ...(tenant !== undefined && { tenant }), name: family.name, value }];
}

/** As the collectors share telemetry among the tenants. */
function tenantsOf(plan: Plan, { audience }: RuleFamily): readonly string[] {
  const [first, ...others] = plan.tenants;
  if (audience === 'stack' || first === undefined) return [stackTenant(plan)];
  if (audience === 'nodes') return [first.name];
  if (audience === 'tenants') return plan.tenants.map(({ name }) => name);
  if (audience === 'sources') return [...new Set(plan.ingest.sources.map(({ tenant }) => tenant))];
  return [first, ...others.filter(({ namespaces }) => namespaces.length > 0)].map(({ name }) => name);
}

function written(plan: Plan, { name, interval, rules }: RuleGroup): YamlValue {
  return {
    name,
    ...(interval !== undefined && { interval }),
    rules: rules.map((rule) => writtenRule(plan, rule)),
  };
}

function writtenRule(plan: Plan, rule: AlertRule): YamlValue {
  if ('record' in rule) return { record: rule.record, expr: rule.expr };
  return {
    alert: rule.alert,
    expr: rule.expr,
    for: rule.for,
    ...(rule.keepFiringFor !== undefined && { keep_firing_for: rule.keepFiringFor }),
    labels: { severity: rule.severity },
    annotations: {
      summary: rule.summary,
      description: rule.description,
      runbook_url: runbookUrl(plan, rule.runbook),
    },
  };
}
