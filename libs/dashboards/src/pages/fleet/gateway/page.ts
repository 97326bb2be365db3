import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { logLines } from '../../../panels/lines.ts';
import { counted, lines, promql } from '../../../queries.ts';
import { processesRow } from '../../../rows/processes.ts';
import { inCluster, runs } from '../../../selectors.ts';
import type { Page, Row } from '../../../types.ts';

export const gateway: Page = {
  uid: 'lgtm-gateway',
  title: 'Gateway',
  description:
    'The door through which all telemetry comes in and all queries go: who is let in, who is not, and how long it takes. From its access log.',
  folder: 'fleet',
  audience: 'stack',
  applies: (plan) => runs(plan, 'gateway'),
  variables: () => [],
  rows: (plan) => [traffic(plan), refusals(plan), processesRow(plan, 'gateway')],
};

/** One line of its access log a request, as JSON. */
function requests(plan: Plan): string {
  return `{${inCluster(plan)}, namespace="observability", container="gateway"} | json`;
}

function traffic(plan: Plan): Row {
  const log = requests(plan);
  return {
    title: 'Requests',
    tiles: [
      graph('By status', 'reqps', [counted(`sum by (status) (rate(${log} | status != "" [$__auto]))`, '{{status}}')], {
        stacked: true,
      }),
      graph('By user', 'reqps', [counted(`sum by (user) (rate(${log} | status != "" [$__auto]))`, '{{user}}')], {
        stacked: true,
        description: 'Who signed in; empty where nobody did.',
      }),
      graph(
        'How long they take, 99 of 100',
        's',
        [counted(`quantile_over_time(0.99, ${log} | status != "" | unwrap seconds [$__auto]) by (path)`, '{{path}}')],
        { description: 'With the store behind; and with the time in which a slow sender sends.' },
      ),
      graph(
        'Bytes in, by user',
        'Bps',
        [counted(`sum by (user) (rate(${log} | unwrap request_bytes [$__auto]))`, '{{user}}')],
        {
          width: 12,
          stacked: true,
        },
      ),
      graph(
        'Bytes out, by user',
        'Bps',
        [counted(`sum by (user) (rate(${log} | unwrap response_bytes [$__auto]))`, '{{user}}')],
        {
          width: 12,
          stacked: true,
        },
      ),
    ],
  };
}

function refusals(plan: Plan): Row {
  const log = requests(plan);
  return {
    title: 'Who is not let in, and what fails',
    tiles: [
      graph(
        'Refused by the gateway itself',
        'reqps',
        [
          promql(
            `sum by (user, status) (rate(gateway_refused_requests_total{${inCluster(plan)}}[$__rate_interval]))`,
            '{{user}} {{status}}',
          ),
        ],
        {
          description:
            '401: no or a wrong password. 403: a path that this user may not. 429: too many requests. Counted by the collectors.',
          width: 12,
          runbook: 'credential-refused',
        },
      ),
      graph(
        'Errors of the stores behind',
        'reqps',
        [counted(`sum by (path, status) (rate(${log} | status =~ "5.." [$__auto]))`, '{{path}} {{status}}')],
        { width: 12, runbook: 'gateway-errors' },
      ),
      logLines('Requests that failed', lines(`${log} | status >= 400`), { runbook: 'gateway-errors' }),
    ],
  };
}
