import type { HostGroupPlan, Plan } from '@lgtm-fleet/plan';
import type { Block } from '../../alloy-syntax/print.ts';
import { hostLogs } from './logs.ts';
import { hostMetrics } from './metrics.ts';
import { hostOtlp } from './otlp.ts';

/** What a machine of a group runs: its metrics and logs, OTLP where it takes any, and the ways home. */
export function hostConfig(plan: Plan, group: HostGroupPlan): readonly Block[] {
  return [...hostMetrics(plan, group), ...hostLogs(plan, group), ...(group.otlp ? hostOtlp(plan, group) : [])];
}
