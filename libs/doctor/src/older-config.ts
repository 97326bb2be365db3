import { restart } from './commands.ts';
import { pairs } from './drift.ts';
import { listAt, textAt } from './records.ts';
import { lastChanged } from './rollouts.ts';
import { lineDifferences } from './texts.ts';
import type { LivePod, PlannedWorkload, View } from './view.ts';

/** What is said beside a finding about the gateway, where its pods may run with another configuration than it has. */
interface OlderConfig {
  /** In words, one for each ConfigMap; none where that cannot be. */
  readonly why: readonly string[];
  /** New pods, where there are such. */
  readonly next?: string;
}

/**
 * Where somebody has changed a ConfigMap and Argo CD has put it right, whoever started in between still runs with the
 * other, and nothing that can be read says so.
 */
export function olderConfigOfGateway(view: View): OlderConfig {
  const workloads = view.workloads.filter(({ workload }) => workload.component === 'gateway');
  const why = pairs(view, 'ConfigMap').flatMap(({ planned, live }) => {
    if (planned.metadata.labels?.['app.kubernetes.io/name'] !== 'gateway' || live === undefined) return [];
    const written = lastChanged(live);
    if (Number.isNaN(written) || lineDifferences({ planned, live }).length > 0) return [];
    const before = workloads.flatMap((workload) =>
      view.podsOf(workload).filter((pod) => startOf(workload, pod) < written),
    );
    if (before.length === 0) return [];
    const names = before.map(({ metadata }) => metadata.name).join(', ');
    const since = new Date(written).toISOString().replace(/\.\d+Z$/, 'Z');
    return [
      `ConfigMap ${live.metadata.name} is what git says since ${since}; what started before may run with another: ${names}`,
    ];
  });
  return { why, ...(why.length > 0 && { next: restart('Deployment', 'observability', 'gateway') }) };
}

/** Milliseconds; NaN where nobody says. */
function startOf({ workload: { role } }: PlannedWorkload, pod: LivePod): number {
  const own = listAt(pod, 'status', 'containerStatuses').find((status) => textAt(status, 'name') === role);
  return Date.parse(textAt(own, 'state', 'running', 'startedAt') ?? pod.metadata.creationTimestamp ?? '');
}
