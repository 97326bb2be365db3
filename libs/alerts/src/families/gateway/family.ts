import { workloadOf, type Plan, type Workload } from '@lgtm-fleet/plan';
import type { RunbookName } from '@lgtm-fleet/runbooks';
import { jobs } from '../../jobs.ts';
import type { Alert, RuleFamily } from '../../types.ts';

/**
 * nginx shows no metrics: whether it runs says Kubernetes, and what it refuses Alloy counts as the lines of its log
 * pass. What the stores answer behind it is in the log alone: family `gateway-logs`.
 */
export const gateway: RuleFamily = {
  name: 'gateway',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) => {
    const workload = workloadOf(plan, 'gateway', 'gateway');
    if (workload === undefined) return [];
    return [
      { name: 'gateway', rules: [down(plan, workload)] },
      { name: 'gateway-refusals', rules: REFUSALS.map(refused) },
    ];
  },
};

function down(plan: Plan, { name }: Workload): Alert {
  const cluster = `cluster="${plan.collection.clusterLabel}"`;
  const labels = `${cluster}, ${jobs(plan, 'kube-state-metrics')}, namespace="observability", deployment="${name}"`;
  const available = `kube_deployment_status_replicas_available{${labels}}`;
  const objects = `kube_deployment_spec_replicas{${cluster}, ${jobs(plan, 'kube-state-metrics')}}`;
  return {
    alert: 'GatewayDown',
    // Every sample comes through the gateway, so that it is missing counts: without it nothing comes. Where others are
    // heard, and no Deployment is, kube-state-metrics is what is away.
    expr: `max by (cluster, namespace, deployment) (${available} == 0 or absent(${available}) unless on () (absent(${objects}) and on () count(up{${cluster}})))`,
    for: '5m',
    severity: 'critical',
    summary: 'The gateway of {{ $labels.cluster }} has no pod that is ready, or nothing comes through it',
    description:
      'Without a pod nobody can write or query, and collectors keep what they have: logs in their files, metrics for two hours; after that there are gaps. With pods that are ready, what is sent is refused, or is at another tenant.',
    runbook: 'gateway-errors',
  };
}

interface Refusal {
  readonly alert: string;
  /** Of `user` and `status`; somebody who is not in the spec has no name. */
  readonly matchers: string;
  /** Requests a second. */
  readonly above: number;
  readonly severity: Alert['severity'];
  readonly what: string;
  readonly description: string;
  readonly runbook: RunbookName;
}

/** A collector that is refused tries again each half a minute at the latest: 0.02 a second is more than half of that. */
const ONE_SENDER = 0.02;

const REFUSALS: readonly Refusal[] = [
  {
    alert: 'GatewayRefusesCredential',
    matchers: 'status="401", user!=""',
    above: ONE_SENDER,
    severity: 'warning',
    what: 'refuses the credential of {{ $labels.user }}',
    description:
      'Somebody shows a name of the spec with a password, token or certificate that is not its own: mostly one from before a rotation. What is sent so is not taken.',
    runbook: 'credential-refused',
  },
  {
    alert: 'GatewayRefusesStrangers',
    matchers: 'status="401", user=""',
    // What is reachable from outside is tried by somebody all the time; this many are a sender of ours, or an attack.
    above: 1,
    severity: 'info',
    what: 'refuses {{ $value | humanize }} requests a second of nobody it knows',
    description:
      'Somebody tries passwords, or a sender has none. The access log has the addresses; a wrong password takes a second each.',
    runbook: 'credential-refused',
  },
  {
    alert: 'GatewayForbids',
    matchers: 'status="403", user!=""',
    above: ONE_SENDER,
    severity: 'warning',
    what: 'forbids what {{ $labels.user }} asks for',
    description:
      'The credential is right and may not do this: a reader that writes, or a writer that reads. A key of the spec gives the right, or the sender has the wrong address.',
    runbook: 'credential-refused',
  },
  {
    alert: 'GatewayKnowsNoPath',
    matchers: 'status=~"400|404|405", user!=""',
    above: ONE_SENDER,
    severity: 'warning',
    what: 'has no route for what {{ $labels.user }} asks for ({{ $labels.status }})',
    description:
      'The path or the method is none of those that are let through: an address with a part too many, or an API that is closed on purpose.',
    runbook: 'gateway-path-blocked',
  },
  {
    alert: 'GatewayRefusesSize',
    matchers: 'status="413", user!=""',
    above: 0,
    severity: 'warning',
    what: 'refuses requests of {{ $labels.user }} for their size',
    description: 'Senders take this answer for final and drop the batch: those samples, lines or spans are lost.',
    runbook: 'writes-failing',
  },
  {
    alert: 'GatewayLimits',
    matchers: 'status="429", user!=""',
    above: 0.1,
    severity: 'warning',
    what: 'lets {{ $labels.user }} wait: too many requests or connections',
    description:
      'Each credential has a budget at the gateway. Senders wait and try again, and lose what they cannot keep; queries fail at once.',
    runbook: 'writes-rate-limited',
  },
];

function refused({ alert, matchers, above, what, severity, description, runbook }: Refusal): Alert {
  return {
    alert,
    expr: `sum by (cluster, user, status) (rate(gateway_refused_requests_total{${matchers}}[10m])) > ${above}`,
    for: '15m',
    severity,
    summary: `The gateway of {{ $labels.cluster }} ${what}`,
    description,
    runbook,
  };
}
