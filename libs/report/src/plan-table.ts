import type { Decision, Plan } from '@lgtm-fleet/plan';
import { columns } from './columns.ts';

const COLUMNS = ['what', 'value', 'why', 'headroom', 'source'] as const;

/** The plan as a table for a terminal; columns as wide as their widest cell. */
export function planTable(plan: Plan): string {
  const [head = '', ...body] = columns([COLUMNS, ...plan.decisions.map(cells)]);
  return [
    `${plan.cluster}: ${plan.role} on Kubernetes ${plan.kubernetes.version}`,
    '',
    head,
    '-'.repeat(Math.min(head.length, 100)),
    ...body,
  ].join('\n');
}

/** The same facts for programs; functions and undefined values do not occur in a plan. */
export function planJson(plan: Plan): string {
  return JSON.stringify(plan, null, 2);
}

export function cells(decision: Decision): readonly string[] {
  return [decision.subject, decision.value, decision.reason, decision.headroom ?? '', decision.source];
}
