import type { Plan } from '@lgtm-fleet/plan';
import { httpRoute } from '../gateway/http-route.ts';
import type { Emit, ObjectFile } from '../types.ts';
import { dataSourceComments, dataSources } from './data-sources.ts';
import { printIni } from './ini.ts';
import { settingComments, settings } from './settings.ts';

const PORT = 3000;

/**
 * `grafana.ini`, the tenants' data sources and, where the spec exposes it, the route by which people
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
      {
        name: 'datasources.yaml',
        configMap: 'grafana-datasources',
        hashed: true,
        form: 'yaml',
        value: sources,
        comments: dataSourceComments(sources),
      },
    ],
    objectFiles: exposed(plan),
    patchFiles: [],
  };
};

function exposed({ exposure }: Plan): readonly ObjectFile[] {
  if (exposure?.entry.kind !== 'gateway') return [];
  return [
    {
      name: 'http-route.yaml',
      why: 'spec.exposure.grafana: where people open Grafana. TLS ends at the Gateway; its own metrics stay inside.',
      objects: [
        httpRoute(exposure.entry, {
          name: 'grafana',
          hostname: exposure.grafanaHostname,
          port: PORT,
          closed: ['/metrics'],
        }),
      ],
    },
  ];
}
