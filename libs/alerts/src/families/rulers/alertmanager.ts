import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Mimir's Alertmanager. That it cannot save its state to files is no fault: silences are on its volume. */
export function alertmanager(plan: Plan): readonly Alert[] {
  const at = jobs(plan, 'mimir', 'alertmanager');
  const sent = (which: string) =>
    `sum by (cluster, user, integration) (rate(cortex_alertmanager_notifications${which}_total{${at}}[5m]))`;
  return [
    {
      alert: 'MimirAlertmanagerConfigRefused',
      expr: `min by (cluster, user) (cortex_alertmanager_config_last_reload_successful{${at}}) == 0`,
      for: '10m',
      severity: 'critical',
      summary: 'Mimir: the alert routes of {{ $labels.user }} are refused in {{ $labels.cluster }}',
      description:
        'The Alertmanager goes on with the routes that it read last, and after a restart has none for this tenant.',
      runbook: 'notifications-failing',
    },
    {
      alert: 'MimirAlertmanagerNotificationsFailing',
      // It tries again for as long as a group is there; a tenth is more than a receiver that restarts.
      expr: `${sent('_failed')} / ${sent('')} > 0.1`,
      for: '10m',
      severity: 'critical',
      summary:
        'Mimir: {{ $value | humanizePercentage }} of messages of {{ $labels.user }} by {{ $labels.integration }} fail in {{ $labels.cluster }}',
      description:
        'The receiver does not take what it is sent: its address or credential is wrong, or it is away. Whoever it would wake sleeps on.',
      runbook: 'notifications-failing',
    },
    {
      alert: 'MimirAlertmanagerNotSynced',
      // It looks every quarter of a minute.
      expr: `sum by (cluster) (rate(cortex_alertmanager_sync_configs_failed_total{${at}}[5m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Mimir: the Alertmanager of {{ $labels.cluster }} cannot read routes of tenants',
      description: 'New routes are not taken. Alerts still go to the old ones.',
      runbook: 'notifications-failing',
    },
  ];
}
