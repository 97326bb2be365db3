import type { LokiPlan, Plan } from '@lgtm-fleet/plan';
import { hasAlertmanager, ownAlertmanagerUrl } from '../alerting/alertmanager-address.ts';
import { alertmanagerUrl } from '../mimir/addresses.ts';
import type { Section } from '../section.ts';
import { grpcOf } from './addresses.ts';

/** Alert rules over logs. Recorded series would need a place to go; remote write is off. */
export function ruler(plan: Plan, loki: LokiPlan): Section {
  const alertmanager = alertmanagerOf(plan);
  const distributed = loki.mode === 'distributed';
  return {
    value: {
      ruler: {
        enable_api: true,
        ...(loki.mode !== 'monolithic' && { enable_sharding: true }),
        rule_path: '/var/loki/rules-temp',
        wal: { dir: '/var/loki/ruler-wal' },
        external_labels: { cluster: plan.collection.clusterLabel },
        ...(plan.grafana !== undefined && { external_url: plan.grafana.rootUrl }),
        ...(alertmanager !== undefined && { alertmanager_url: alertmanager }),
        ...(distributed && {
          evaluation: { mode: 'remote', query_frontend: { address: `dns:///${grpcOf(plan, 'loki-query-frontend')}` } },
        }),
        remote_write: { enabled: false },
      },
    },
    comments: {
      ...(loki.mode !== 'monolithic' && { 'ruler/enable_sharding': 'Each rule group is evaluated once' }),
      'ruler/wal': 'The default is the working directory, which is read-only',
      ...(alertmanager !== undefined && {
        'ruler/alertmanager_url':
          plan.mimir === undefined
            ? 'spec.notifications: the one that Prometheus tells, too'
            : "Mimir's; each alert goes to the routes of its own tenant",
      }),
      ...(distributed && {
        'ruler/evaluation': 'Rules run as queries do: split, sharded, cached and under the same limits',
      }),
    },
  };
}

/** Mimir's where there is one; else the one of its own, where somebody is told. */
function alertmanagerOf(plan: Plan): string | undefined {
  if (plan.mimir !== undefined) return alertmanagerUrl(plan, plan.mimir);
  return hasAlertmanager(plan) ? ownAlertmanagerUrl(plan) : undefined;
}
