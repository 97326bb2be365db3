import type { Plan } from '@lgtm-fleet/plan';
import type { RunbookName } from '@lgtm-fleet/runbooks';
import { jobs } from './jobs.ts';
import { STORES, type StoreName } from './stores.ts';
import type { Alert } from './types.ts';

/** Telemetry that a store refuses for a reason of its sender's. The sender is told once, and most do not try again. */

/** What is discarded, by which counter and label of the tenant, and which of its reasons mean the same. */
export interface Discards {
  readonly store: StoreName;
  readonly counter: string;
  readonly tenant: 'user' | 'tenant';
  /** `samples`, `lines`. */
  readonly what: string;
  readonly kinds: readonly Kind[];
}

interface Kind {
  /** What is wrong with it, as the end of the name of the alert: `RateLimited`. */
  readonly name: string;
  readonly reasons: readonly string[];
  /** Ends «samples of payments …». */
  readonly why: string;
  readonly meaning: string;
  readonly runbook: RunbookName;
}

/**
 * One alert for each kind, and one for all reasons that have no kind. A quarter of an hour: a single bad sender that
 * starts up is over by then.
 */
export function discards(plan: Plan, { store, counter, tenant, what, kinds }: Discards): readonly Alert[] {
  const { title } = STORES[store];
  const at = jobs(plan, store, ...ROLES[store]);
  const subject = `${title}${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const alertOf = (
    { name, why, meaning, runbook }: Omit<Kind, 'reasons'>,
    reason: string,
    by: readonly string[] = [],
  ): Alert => ({
    alert: `${subject}${name}`,
    expr: `sum by (${['cluster', tenant, ...by].join(', ')}) (rate(${counter}{${at}, ${reason}}[5m])) > 0`,
    for: '15m',
    severity: 'warning',
    summary: `${title}: {{ $value | humanize }} ${what}/s of {{ $labels.${tenant} }} ${why} in {{ $labels.cluster }}`,
    description: meaning,
    runbook,
  });
  const known = kinds.flatMap(({ reasons }) => reasons);
  return [
    ...kinds.map((kind) => alertOf(kind, `reason=~"${kind.reasons.join('|')}"`)),
    alertOf(
      {
        name: 'Refused',
        why: 'are refused ({{ $labels.reason }})',
        meaning: `The store cannot take these ${what} as they are, and does not keep them. They are lost until their sender changes; the label says why.`,
        runbook: 'writes-failing',
      },
      `reason!~"${known.join('|')}"`,
      ['reason'],
    ),
  ];
}

/** Roles that discard. */
const ROLES: Readonly<Record<StoreName, readonly string[]>> = {
  loki: ['distributor', 'ingester'],
  mimir: ['distributor', 'ingester'],
  tempo: ['distributor', 'live-store', 'metrics-generator', 'backend-worker'],
};
