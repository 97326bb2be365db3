import { jobOf, workloadOf, type Plan } from '@lgtm-fleet/plan';
import type { RunbookName } from '@lgtm-fleet/runbooks';
import type { Alert, RuleFamily } from '../../types.ts';

/**
 * The access log of the gateway has a line of JSON for each request that did not go well, or that came with a
 * credential that has a successor. What went well is not logged, so there are no shares here, only numbers.
 */
export const gatewayLogs: RuleFamily = {
  name: 'gateway-logs',
  audience: 'stack',
  evaluators: ['logs'],
  groups: (plan) => {
    const workload = workloadOf(plan, 'gateway', 'gateway');
    if (workload === undefined) return [];
    return [
      {
        name: 'gateway-logs',
        rules: [...OUTCOMES, reachesNoStore(plan)].map((outcome) => alertOn(jobOf(workload), outcome)),
      },
    ];
  },
};

interface Outcome {
  readonly alert: string;
  /** What a line must contain to be looked at: cheaper than to read each as JSON. */
  readonly line: string;
  /** Of the fields of a line, which all are texts. */
  readonly fields: readonly string[];
  readonly where: string;
  readonly by: readonly string[];
  /** Requests in five minutes. */
  readonly above: number;
  readonly for: string;
  readonly severity: Alert['severity'];
  readonly summary: string;
  readonly description: string;
  readonly runbook: RunbookName;
}

const GATEWAY = 'of the gateway of {{ $labels.cluster }}';
/** By a store, and not by the gateway itself, which counts its own. */
const BY_STORE = 'upstream!=""';
const PUSHES = 'path=~"(/.+)?/push|/otlp/.+"';
const QUERIES = 'path!~"(/.+)?/push|/otlp/.+"';
const STATUS = (classes: string): string => `"status":"${classes}"`;

const OUTCOMES: readonly Outcome[] = [
  {
    alert: 'GatewayServerErrors',
    line: STATUS('5[0-9][0-9]'),
    fields: ['status'],
    where: 'status=~"5.."',
    by: ['cluster', 'status'],
    // Pods that are replaced cost a few requests each; one every ten seconds for ten minutes is no rollout.
    above: 30,
    for: '10m',
    // One dashboard that fails each ten seconds is as many. Where a share of all fails, the store itself says so.
    severity: 'warning',
    summary: `{{ $value }} answers {{ $labels.status }} ${GATEWAY} in five minutes`,
    description:
      'A store behind it fails (500), cannot be reached (502, 503), or takes too long (504). Senders keep what they have and try again; whoever looks at Grafana sees errors.',
    runbook: 'gateway-errors',
  },
  {
    alert: 'GatewayTimeouts',
    line: STATUS('(?:499|504)'),
    fields: ['status', 'seconds'],
    where: 'status=~"499|504" | seconds>10',
    by: ['cluster', 'user'],
    above: 10,
    for: '15m',
    severity: 'warning',
    summary: `{{ $value }} requests of {{ $labels.user }} had no answer ${GATEWAY} in time`,
    description:
      'Whoever asked gave up after more than ten seconds (499), or the gateway did (504). The work was done for nobody, and is often asked for again.',
    runbook: 'queries-slow',
  },
  {
    alert: 'StoreRefusesWrites',
    line: STATUS('4(?:00|22)'),
    fields: ['status', 'upstream', 'path', 'user'],
    where: `status=~"400|422" | ${BY_STORE} | ${PUSHES}`,
    by: ['cluster', 'user', 'path'],
    above: 10,
    for: '15m',
    severity: 'warning',
    summary: `{{ $value }} writes of {{ $labels.user }} to {{ $labels.path }} ${GATEWAY} refused`,
    description:
      'A store takes something of them for invalid: out of order, too old, too many labels, too long. Senders do not try again: it is lost. The answer says which series or stream.',
    runbook: 'writes-out-of-order',
  },
  {
    alert: 'StoreLimitsWrites',
    line: STATUS('429'),
    fields: ['status', 'upstream', 'path', 'user'],
    where: `status="429" | ${BY_STORE} | ${PUSHES}`,
    by: ['cluster', 'user', 'path'],
    above: 30,
    for: '15m',
    severity: 'warning',
    summary: `{{ $value }} writes of {{ $labels.user }} to {{ $labels.path }} ${GATEWAY} over a limit`,
    description:
      'The tenant sends more than its limit. Its senders wait and try again, and lose what they cannot keep meanwhile; other tenants do not notice.',
    runbook: 'writes-rate-limited',
  },
  {
    alert: 'StoreLimitsQueries',
    line: STATUS('429'),
    fields: ['status', 'upstream', 'path', 'user'],
    where: `status="429" | ${BY_STORE} | ${QUERIES}`,
    by: ['cluster', 'user'],
    above: 5,
    for: '10m',
    severity: 'warning',
    summary: `{{ $value }} queries of {{ $labels.user }} ${GATEWAY} found the queue full`,
    description:
      'More queries wait than a tenant may have. Panels stay empty, and rules that ask so are not evaluated.',
    runbook: 'query-queue-full',
  },
  {
    alert: 'CredentialHasSuccessor',
    line: '"credential":"previous"',
    fields: ['credential', 'user'],
    where: 'credential="previous"',
    by: ['cluster', 'user'],
    above: 0,
    for: '1h',
    severity: 'info',
    summary: '{{ $labels.user }} still shows its old credential at {{ $labels.cluster }}',
    description:
      'A rotation is under way, and one of its senders has not taken the new password or token. It is refused as soon as the rotation is finished.',
    runbook: 'credential-refused',
  },
];

/** What no store sees, and so none tells of: pushes that do not come to it. */
function reachesNoStore({ kubernetes }: Plan): Outcome {
  return {
    alert: 'GatewayReachesNoStore',
    line: STATUS('50[23]'),
    fields: ['status', 'path'],
    where: `status=~"502|503" | ${PUSHES}`,
    by: ['cluster', 'path'],
    // The collector of a node tries again each half a minute at the latest: half of the nodes, and more than a few.
    above: Math.max(30, 5 * kubernetes.nodes),
    for: '10m',
    severity: 'critical',
    summary: `{{ $value }} pushes to {{ $labels.path }} ${GATEWAY} came to no store in five minutes`,
    description:
      'The gateway finds nobody behind it that takes them: the pods of the store are gone, or its name or a policy leads elsewhere. Senders keep what they have and try again; what they cannot keep is lost.',
    runbook: 'gateway-errors',
  };
}

function alertOn(job: string, { line, fields, where, by, above, ...alert }: Outcome): Alert {
  const read = fields.map((field) => `${field}="${field}"`).join(', ');
  const lines = `{job="${job}"} |~ \`${line}\` | json ${read} | ${where}`;
  return { ...alert, expr: `sum by (${by.join(', ')}) (count_over_time(${lines} [5m])) > ${above}` };
}
