import type { ComponentPlan, Plan, TenantPlan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { Section } from '../section.ts';
import type { ConfigFile, PatchFile } from '../types.ts';

const CONFIG_MAP = 'mimir-alert-routes';
const FOLDER = '/etc/mimir-alert-routes';

/** Where routes are files, Mimir reads them, and nobody can change them over its API (docs/adr/0010). */
export function alertStorage(plan: Plan): Section {
  if (!plan.alertRoutesInGit) return { value: {}, comments: {} };
  return {
    value: {
      alertmanager: { persist_interval: '24h' },
      alertmanager_storage: { backend: 'local', local: { path: FOLDER } },
    },
    comments: {
      'alertmanager/persist_interval':
        'Files cannot take its state, and it says so each time: silences are on the volume, and in the other replicas',
      'alertmanager_storage/backend':
        'spec.tenants alerts: routes come from git; what tenants uploaded before is no longer read',
    },
  };
}

/** A file of routes for every tenant: one without would get no Alertmanager, and its alerts would be refused. */
export function alertRoutes(plan: Plan): readonly ConfigFile[] {
  if (!plan.alertRoutesInGit) return [];
  return plan.tenants.map((tenant) => ({
    name: `alert-routes-${tenant.name}.yaml`,
    key: `${tenant.name}.yaml`,
    configMap: CONFIG_MAP,
    hashed: false,
    form: 'yaml',
    ...routesOf(tenant),
  }));
}

/** Alerts are kept and shown, and nobody is told. */
export const NOBODY: YamlValue = { route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] };

function routesOf({ name, alertWebhook }: TenantPlan): {
  value: YamlValue;
  comments: Readonly<Record<string, string>>;
} {
  if (alertWebhook === undefined)
    return {
      value: NOBODY,
      comments: { route: `spec.tenants ${name} says no webhook: its alerts are seen in Grafana` },
    };
  return {
    value: {
      route: { receiver: 'webhook', group_by: ['alertname', 'cluster', 'namespace'] },
      receivers: [{ name: 'webhook', webhook_configs: [{ url: alertWebhook, send_resolved: true }] }],
    },
    comments: {
      'route/group_by': 'One message for what is one incident',
      'receivers/0/webhook_configs/0/url': `spec.tenants ${name}.alerts.webhook`,
    },
  };
}

/** The files, where the Alertmanager runs. */
export function alertRoutesMount(plan: Plan, { workloads }: ComponentPlan): readonly PatchFile[] {
  if (!plan.alertRoutesInGit) return [];
  const own =
    workloads.find(({ role }) => role === 'alertmanager') ?? workloads.find(({ role }) => role === 'monolithic');
  if (own === undefined) return [];
  return [
    {
      name: 'alert-routes.yaml',
      why: 'spec.tenants alerts: the routes of every tenant, read again by the running Alertmanager.',
      patches: [
        {
          apiVersion: 'apps/v1',
          kind: own.kind,
          metadata: { name: own.name },
          spec: {
            template: {
              spec: {
                containers: [{ name: own.role, volumeMounts: [{ name: 'alert-routes', mountPath: FOLDER }] }],
                volumes: [{ name: 'alert-routes', configMap: { name: CONFIG_MAP } }],
              },
            },
          },
        },
      ],
    },
  ];
}
