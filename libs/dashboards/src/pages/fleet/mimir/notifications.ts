import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function notifications(plan: Plan): Row {
  const alertmanager = own(plan, 'mimir', 'alertmanager');
  const ruler = own(plan, 'mimir', 'ruler');
  return {
    title: 'Alerts on their way',
    tiles: [
      graph(
        'From the rulers',
        'cps',
        [
          promql(
            `sum by (user) (rate(cortex_prometheus_notifications_sent_total{${ruler}}[$__rate_interval]))`,
            '{{user}} sent',
          ),
          promql(
            `sum by (user) (rate(cortex_prometheus_notifications_dropped_total{${ruler}}[$__rate_interval])) > 0`,
            '{{user}} dropped',
          ),
        ],
        { runbook: 'notifications-failing' },
      ),
      graph(
        'To people, by integration',
        'cps',
        [
          promql(
            `sum by (integration) (rate(cortex_alertmanager_notifications_total{${alertmanager}}[$__rate_interval]))`,
            '{{integration}}',
          ),
          promql(
            `sum by (integration) (rate(cortex_alertmanager_notifications_failed_total{${alertmanager}}[$__rate_interval])) > 0`,
            '{{integration}} failed',
          ),
        ],
        { runbook: 'notifications-failing' },
      ),
      graph(
        'Alerts held',
        'short',
        [promql(`sum by (user, state) (cortex_alertmanager_alerts{${alertmanager}})`, '{{user}} {{state}}')],
        {
          description: 'Every copy counts.',
        },
      ),
    ],
  };
}
