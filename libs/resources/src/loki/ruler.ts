import type { LokiPlan, Plan } from '@lgtm-fleet/plan';
import { fqdn, grpcOf, type Section } from './section.ts';

/** Alert rules over logs. Recorded series would need a place to go; remote write is off. */
export function ruler(plan: Plan, loki: LokiPlan): Section {
  const alertmanager = alertmanagerUrl(plan);
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
      ...(loki.mode !== 'monolithic' && { 'ruler/enable_sharding': 'each rule group is evaluated once' }),
      'ruler/wal': 'the default is the working directory, which is read-only',
      ...(alertmanager !== undefined && {
        'ruler/alertmanager_url': "Mimir's; each alert goes to the routes of its own tenant",
      }),
      ...(distributed && {
        'ruler/evaluation': 'rules run as queries do: split, sharded, cached and under the same limits',
      }),
    },
  };
}

/** Mimir's Alertmanager, where there is Mimir: the one process, or its own role. */
function alertmanagerUrl(plan: Plan): string | undefined {
  if (plan.mimir === undefined) return undefined;
  const service = plan.mimir.mode === 'distributed' ? 'mimir-alertmanager' : 'mimir';
  return `http://${fqdn(plan, service)}:8080/alertmanager`;
}
