import { get, list, text } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Place, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { provisionedSources } from '../../view/data-sources.ts';
import { readAs } from '../../view/signing-in.ts';
import { overridesOf } from '../../view/tenant-files.ts';

const PROCESSORS = ['metrics_generator', 'processors'];

/** Where Tempo's processors for a tenant are listed without service graphs; a list of its own takes the place of the one for all. */
function missingFor(cluster: ClusterView, tenant: string): Place | undefined {
  const config = cluster.programsOf('tempo').find((program) => program.config?.value !== undefined)?.config;
  if (config === undefined) return undefined;
  const overrides = overridesOf(cluster).find(({ store }) => store === 'tempo');
  const own = get(overrides?.tenants[tenant], ...PROCESSORS);
  const defaults = get(config.value, 'overrides', 'defaults', ...PROCESSORS);
  if (list(own ?? defaults).some((name) => typeof name === 'string' && name.startsWith('service-graphs')))
    return undefined;
  return overrides === undefined || own === undefined
    ? inConfig(config, 'overrides', 'defaults', ...PROCESSORS)
    : inConfig(overrides.config, 'overrides', tenant, ...PROCESSORS);
}

export const rule: Rule = {
  meta: {
    id: 'service-map-without-generator',
    family: 'grafana',
    severity: 'warning',
    description: 'A data source shows a service graph, and Tempo makes no metrics for it.',
    why: 'The graph stays empty, and nothing says why.',
    source: 'https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/',
  },
  *cluster(cluster) {
    for (const { type, name, body, tenantHeader } of provisionedSources(cluster)) {
      if (type !== 'tempo' || get(body, 'jsonData', 'serviceMap', 'datasourceUid') === undefined) continue;
      const asked = tenantHeader?.value.split('|') ?? readAs(cluster.plan, text(body, 'basicAuthUser') ?? '');
      const place = asked.map((tenant) => missingFor(cluster, tenant)).find((found) => found !== undefined);
      if (place === undefined) continue;
      yield {
        place,
        message: `Tempo makes no metrics for service graphs, and data source \`${name}\` shows one`,
        help: 'add the processor `service-graphs`, or remove `serviceMap` from the data source',
      };
    }
  },
};
