import { stackTenant, type ComponentPlan, type Plan, type TenantPlan } from '@lgtm-fleet/plan';
import { inhibitRules } from '../alerting/inhibitions.ts';
import { alertmanagerConfig, deadMansRoute, TELL_NOBODY } from '../alerting/routes.ts';
import { secretMounts } from '../alerting/secret-files.ts';
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
        'spec.notifications or spec.tenants alerts: routes come from git; what tenants uploaded before is no longer read',
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
    ...routesOf(plan, tenant),
  }));
}

function routesOf(plan: Plan, { name, alerts }: TenantPlan): Section {
  if (alerts !== undefined && name === stackTenant(plan))
    // Told by the Alertmanager that goes on when this one is down; here it would be one alert among others.
    return alertmanagerConfig(alerts, { before: [deadMansRoute({})], inhibited: inhibitRules(plan) });
  if (alerts !== undefined) return alertmanagerConfig(alerts);
  return {
    value: TELL_NOBODY,
    comments: { route: `spec.tenants ${name} says nobody: its alerts are seen in Grafana` },
  };
}

/** The files, where the Alertmanager runs. */
export function alertRoutesMount(plan: Plan, { workloads }: ComponentPlan): readonly PatchFile[] {
  if (!plan.alertRoutesInGit) return [];
  const own =
    workloads.find(({ role }) => role === 'alertmanager') ?? workloads.find(({ role }) => role === 'monolithic');
  if (own === undefined) return [];
  const { volumeMounts, volumes } = secretMounts(plan.tenants.flatMap(({ alerts }) => alerts?.receivers ?? []));
  return [
    {
      name: 'alert-routes.yaml',
      why: 'spec.notifications and spec.tenants alerts: the routes of every tenant, and the Secrets that receivers are shown;\nboth are read again by the running Alertmanager.',
      patches: [
        {
          apiVersion: 'apps/v1',
          kind: own.kind,
          metadata: { name: own.name },
          spec: {
            template: {
              spec: {
                containers: [
                  { name: own.role, volumeMounts: [{ name: 'alert-routes', mountPath: FOLDER }, ...volumeMounts] },
                ],
                volumes: [{ name: 'alert-routes', configMap: { name: CONFIG_MAP } }, ...volumes],
              },
            },
          },
        },
      ],
    },
  ];
}
