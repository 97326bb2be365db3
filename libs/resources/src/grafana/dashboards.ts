import { dashboardsOf, folders, type Dashboard } from '@lgtm-fleet/dashboards';
import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { ConfigFile } from '../types.ts';
import { organisationId } from './organisations.ts';

/** Where the base mounts a folder's dashboards. */
const MOUNTED = '/etc/grafana-dashboards';

/** The dashboards, a ConfigMap for each folder, and the file by which Grafana finds them. */
export function dashboardFiles(plan: Plan): readonly ConfigFile[] {
  return [
    {
      name: 'dashboards.yaml',
      configMap: 'grafana-dashboard-providers',
      hashed: true,
      form: 'yaml',
      value: providers(plan),
      comments: PROVIDER_COMMENTS,
    },
    ...dashboardsOf(plan).map(
      ({ page, dashboard }) =>
        ({
          name: `dashboards/${page.folder}/${page.uid}.json`,
          key: `${page.uid}.json`,
          configMap: `grafana-dashboards-${page.folder}`,
          hashed: false,
          form: 'json',
          value: written(dashboard),
          headerIn: 'description',
        }) as const,
    ),
  ];
}

/** The model of the SDK has interfaces, which TypeScript takes for no values of YAML though they are. */
function written(dashboard: Dashboard): Readonly<Record<string, YamlValue>> {
  return dashboard as unknown as Readonly<Record<string, YamlValue>>;
}

/**
 * Who gets which folder: the main organisation all of them; those of tenants and readers what is not about the stack,
 * of which they see nothing.
 */
function providers(plan: Plan): YamlValue {
  const organisations = plan.grafana?.organisations ?? [];
  return {
    apiVersion: 1,
    providers: organisations.flatMap((organisation) =>
      folders
        .filter(({ name }) => organisation.name === undefined || name !== 'fleet')
        .map(({ name, uid, title }) => ({
          name: organisation.name === undefined ? name : `${organisation.name}-${name}`,
          ...(organisation.name !== undefined && { orgId: organisationId(organisation.name) }),
          folder: title,
          folderUid: uid,
          type: 'file',
          disableDeletion: false,
          allowUiUpdates: false,
          updateIntervalSeconds: 60,
          options: { path: `${MOUNTED}/${name}` },
        })),
    ),
  };
}

const PROVIDER_COMMENTS = {
  'providers/0/disableDeletion':
    'A page that is gone from git goes from Grafana too; in the browser nobody deletes one',
  'providers/0/allowUiUpdates': 'A changed page is saved under another name; this one stays what git says',
  'providers/0/updateIntervalSeconds': 'A changed ConfigMap reaches the pod within about a minute, without a restart',
};
