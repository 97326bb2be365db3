import type { GrafanaPlan, Plan } from '@lgtm-fleet/plan';
import { doorFiles } from '../exposure/exposure.ts';
import type { ConfigFile, Emit, ObjectFile } from '../types.ts';
import { backupFile } from './backup.ts';
import { dashboardFiles } from './dashboards.ts';
import { dataSourceComments, dataSources } from './data-sources.ts';
import { printIni } from './ini.ts';
import { organisationNames, organisationSettings } from './organisations.ts';
import type { GrafanaSettings } from './settings-model.ts';
import { settingComments, settings } from './settings.ts';

const PORT = 3000;

/**
 * `grafana.ini`, the tenants' data sources, the dashboards and, where the spec exposes it, the route by which people
 * open Grafana.
 *
 * @throws Error when the plan has no Grafana.
 */
export const grafana: Emit = (plan) => {
  if (plan.grafana === undefined)
    throw new Error(`cluster '${plan.cluster}': component 'grafana' without a plan for Grafana`);
  const written = settings(plan, plan.grafana);
  const sources = dataSources(plan);
  return {
    configFiles: [
      {
        name: 'grafana.ini',
        configMap: 'grafana-config',
        hashed: true,
        form: 'text',
        text: printIni(written, settingComments(written)),
        comment: ';',
      },
      ...organisationFiles(plan.grafana, written),
      ...backupFiles(plan, plan.grafana),
      {
        name: 'datasources.yaml',
        configMap: 'grafana-datasources',
        hashed: true,
        form: 'yaml',
        value: sources,
        comments: dataSourceComments(sources),
      },
      ...dashboardFiles(plan),
    ],
    objectFiles: exposed(plan),
    patchFiles: [],
  };
};

/** For the container that makes the organisations before Grafana starts. */
function organisationFiles(plan: GrafanaPlan, written: GrafanaSettings): readonly ConfigFile[] {
  if (plan.organisations.length === 1) return [];
  const file = { configMap: 'grafana-organisations', hashed: true, form: 'text' } as const;
  return [
    { ...file, name: 'organisations.ini', text: printIni(organisationSettings(written)), comment: ';' },
    { ...file, name: 'organisations.txt', text: organisationNames(plan), comment: '#' },
  ];
}

function backupFiles(plan: Plan, { database }: GrafanaPlan): readonly ConfigFile[] {
  return database.kind === 'sqlite' && database.backup !== undefined ? [backupFile(plan, database.backup)] : [];
}

function exposed(plan: Plan): readonly ObjectFile[] {
  if (plan.exposure === undefined) return [];
  const door = {
    name: 'grafana',
    service: 'grafana',
    port: PORT,
    hostname: plan.exposure.grafanaHostname,
    closed: ['/metrics'],
  };
  return doorFiles(plan, [door], 'spec.exposure.grafana: where people open Grafana; its own metrics stay inside.');
}
