import { stackTenant, type Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert, RuleFamily } from '../../types.ts';
import { alertmanager } from './alertmanager.ts';
import { evaluation } from './evaluation.ts';
import { notification } from './notification.ts';
import { RULERS, type Ruler } from './ruler.ts';

/**
 * Whoever evaluates rules, and who takes their alerts. A ruler tells of itself while it runs; that none of its rules is
 * there is told by the others.
 */
export const rulers: RuleFamily = {
  name: 'rulers',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) => [
    ...RULERS.flatMap((ruler) =>
      plan[ruler.component] === undefined
        ? []
        : [
            {
              name: `${ruler.component}-rules`,
              rules: [...evaluation(plan, ruler), notLoaded(plan, ruler), ...notification(plan, ruler)],
            },
          ],
    ),
    ...(plan.mimir === undefined ? [] : [{ name: 'mimir-alertmanager', rules: alertmanager(plan) }]),
  ],
};

function notLoaded(plan: Plan, ruler: Ruler): Alert {
  const { component, title, role, prefix, tenants, family } = ruler;
  const tenant = tenants ? `user="${stackTenant(plan)}", ` : '';
  // A group is called after the file that it is from, and that is called after its family.
  const group = `rule_group=~".*/(?:lgtm-fleet-|rules-)?${family}([.]ya?ml)?;.+"`;
  return {
    alert: `${title}RulesNotLoaded`,
    expr: `label_replace(absent(${prefix}_rule_group_rules{${jobs(plan, component, role)}, ${tenant}${group}}), "cluster", "${plan.collection.clusterLabel}", "", "")`,
    for: '15m',
    severity: 'critical',
    summary: `${title}: rules of this repository are not loaded in {{ $labels.cluster }}`,
    description: `The ruler has none of the groups '${family}'. Nobody is told of what the rules of this repository watch over.`,
    runbook: 'rules-not-loaded',
  };
}
