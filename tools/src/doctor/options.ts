import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Facts } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import type { Limits } from './probing.ts';

export interface ExamineOptions {
  /** Every object that git has for the cluster, rendered. */
  readonly planned: readonly ClusterObject[];
  /** Commit of the checkout. */
  readonly revision?: string;
  /** Sends one series, one line and one trace, and follows them. */
  readonly sendCanary?: boolean;
  /** Components that are left out: this cluster cannot run them. */
  readonly without?: readonly string[];
  /** What is scraped, where something else than the plan's collectors scrapes. */
  readonly expectedJobs?: NonNullable<Facts['expectedJobs']>;
  readonly limits?: Limits;
  /** Seconds between two readings of counters. */
  readonly betweenSeconds?: number;
}

/** The plan and its objects without the components that are left out. */
export function reduced(
  plan: Plan,
  options: ExamineOptions,
): { readonly plan: Plan; readonly options: ExamineOptions } {
  const out = new Set(options.without);
  if (out.size === 0) return { plan, options };
  return {
    plan: { ...plan, components: plan.components.filter(({ name }) => !out.has(name)) },
    options: { ...options, planned: options.planned.filter((object) => !out.has(componentOf(object))) },
  };
}

/** What was learnt, without the objects of those components: they may be there, though their pods cannot run. */
export function withoutObjects(facts: Facts, { without = [] }: Pick<ExamineOptions, 'without'>): Facts {
  if (without.length === 0 || facts.objects === undefined) return facts;
  const objects = Object.fromEntries(
    Object.entries(facts.objects).map(([kind, list]) => [
      kind,
      list.filter((object) => !without.includes(componentOf(object))),
    ]),
  );
  return { ...facts, objects };
}

function componentOf({ kind, metadata }: ClusterObject): string {
  return metadata.labels?.[kind === 'Application' ? 'app.kubernetes.io/component' : 'app.kubernetes.io/name'] ?? '';
}
