import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';
import { ofOwner, owner, type Ruler } from './ruler.ts';

/** Alerts on their way from whoever evaluates rules to an Alertmanager. */
export function notification(plan: Plan, ruler: Ruler): readonly Alert[] {
  const { component, title, role, prefix, tenants } = ruler;
  const at = jobs(plan, component, role);
  const by = owner(ruler);
  const rate = (what: string) => `sum by (${by}) (rate(${prefix}_notifications_${what}_total{${at}}[5m]))`;
  return [
    {
      alert: `${title}NotificationsFailing`,
      // Each alert is sent again every minute: one of a hundred that fails is made up for.
      expr: `${rate('errors')} / (${rate('errors')} + ${rate('sent')}) > 0.01`,
      for: '10m',
      severity: 'critical',
      summary: `${title}: {{ $value | humanizePercentage }} of alerts${ofOwner(ruler)} do not reach the Alertmanager of {{ $labels.cluster }}`,
      description: 'Rules fire, and nobody is told. An Alertmanager is away, or refuses what it is sent.',
      runbook: 'notifications-failing',
    },
    {
      alert: `${title}NotificationsDropped`,
      expr: `${rate('dropped')} > 0`,
      for: '5m',
      severity: 'critical',
      summary: `${title}: alerts${ofOwner(ruler)} are dropped in {{ $labels.cluster }}`,
      description:
        'The queue to the Alertmanager is full or was given up. Alerts that fired in this time were told to nobody.',
      runbook: 'notifications-failing',
    },
    // A Prometheus alone may be without one: its alerts are seen in Grafana.
    ...(tenants && plan.mimir !== undefined ? [alone(ruler, at)] : []),
  ];
}

function alone(ruler: Ruler, at: string): Alert {
  const { title, prefix } = ruler;
  return {
    alert: `${title}RulerWithoutAlertmanager`,
    expr: `max by (${owner(ruler)}) (${prefix}_notifications_alertmanagers_discovered{${at}}) < 1`,
    for: '15m',
    severity: 'critical',
    summary: `${title}: the ruler knows no Alertmanager for {{ $labels.user }} in {{ $labels.cluster }}`,
    description: 'The address of the Alertmanager has nobody behind it. Rules fire, and nobody is told.',
    runbook: 'notifications-failing',
  };
}
