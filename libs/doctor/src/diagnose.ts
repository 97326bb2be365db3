import type { Plan } from '@lgtm-fleet/plan';
import { runbooksOf } from '@lgtm-fleet/runbooks';
import { diagnosesOf } from './causes.ts';
import { checks } from './checks/index.ts';
import type { Facts } from './facts.ts';
import type { Check, Finding, Report } from './types.ts';
import { viewOf } from './view.ts';
import { wayOf } from './way.ts';

/** From what was learnt to what is wrong, each cause with its symptoms. */
export function diagnose(plan: Plan, facts: Facts, seconds: number): Report {
  const way = wayOf(plan, facts);
  return {
    cluster: plan.cluster,
    at: facts.at,
    seconds,
    diagnoses: diagnosesOf(
      plan,
      checks.flatMap((check) => findingsOf(check, plan, facts)),
    ),
    unknown: facts.unknown,
    ...(way !== undefined && { way }),
    checks: checks.length,
  };
}

/** What one check finds. */
export function findingsOf({ id, layer, runbook, find }: Check, plan: Plan, facts: Facts): readonly Finding[] {
  const pages = new Set(runbooksOf(plan));
  return find(viewOf(plan, facts)).map((found) => {
    const page = found.runbook ?? runbook;
    // A cluster has the pages of what it runs; this one every cluster has.
    return { layer, ...found, id, runbook: pages.has(page) ? page : 'workload-unavailable' };
  });
}
