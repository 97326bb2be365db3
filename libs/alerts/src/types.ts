import type { Plan } from '@lgtm-fleet/plan';
import type { RunbookName } from '@lgtm-fleet/runbooks';

/** critical wakes somebody; warning is looked at in working hours; info is only ever shown. */
export type Severity = 'critical' | 'warning' | 'info';

/** A rule that fires. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it has to hold, as Prometheus writes it: `15m`. */
  readonly for: string;
  /** How long it stays after it no longer holds. */
  readonly keepFiringFor?: string;
  readonly severity: Severity;
  /** One line, templated as annotations are: `{{ $labels.pod }}`. */
  readonly summary: string;
  /** What it means for whom, and what is known so far. */
  readonly description: string;
  readonly runbook: RunbookName;
}

/** A rule that writes a series: `level:metric:operations`. */
export interface Recording {
  readonly record: string;
  readonly expr: string;
}

export type AlertRule = Alert | Recording;

export interface RuleGroup {
  readonly name: string;
  /** Absent: as often as the ruler does. */
  readonly interval?: string;
  readonly rules: readonly AlertRule[];
}

/**
 * Who evaluates it. `metrics` and `logs`: the rulers of the stores. `meta`: the Prometheus that watches the stores,
 * and goes on when they are down.
 */
export type Evaluator = 'metrics' | 'logs' | 'meta';

/**
 * Whose telemetry it looks at. `stack`: of the stack itself. `nodes`: of the nodes, which are the first tenant's.
 * `workloads`: of Kubernetes objects, which are each tenant's own, so every tenant with namespaces gets the rules.
 * `tenants`: of what tenants send themselves, so all of them get the rules. `sources`: of what is outside, each source
 * for the tenant that it is of.
 */
export type Audience = 'stack' | 'nodes' | 'workloads' | 'tenants' | 'sources';

/** Rules of one subject. Each folder beside `families/index.ts` exports one from `family.ts`. */
export interface RuleFamily {
  readonly name: string;
  readonly audience: Audience;
  readonly evaluators: readonly Evaluator[];
  /** The groups for this cluster; none where it does not run what they are about. Where no tenant is named: for all. */
  readonly groups: (plan: Plan, tenant?: string) => readonly RuleGroup[];
}
