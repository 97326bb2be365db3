import { federated } from '@lgtm-fleet/plan';
import { inConfig } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { provisionedSources } from '../../view/data-sources.ts';
import { setting } from '../../view/program.ts';
import { SIGNAL_OF, type TenantStore } from '../../view/tenant-files.ts';

interface Federation {
  readonly store: TenantStore;
  readonly path: readonly string[];
  /** Where nothing is said. */
  readonly standard: boolean;
}

const FEDERATION: Readonly<Record<string, Federation>> = {
  loki: { store: 'loki', path: ['querier', 'multi_tenant_queries_enabled'], standard: false },
  prometheus: { store: 'mimir', path: ['tenant_federation', 'enabled'], standard: false },
  tempo: { store: 'tempo', path: ['query_frontend', 'multi_tenant_queries_enabled'], standard: true },
};

/** Whoever reads several ids by the plan asks for all of them at once, by Grafana or not. */
function* ofReaders(cluster: ClusterView): Iterable<Report> {
  for (const { store, path, standard } of Object.values(FEDERATION)) {
    const signal = SIGNAL_OF[store];
    const reader = federated(cluster.plan, signal);
    const [program] = cluster.programsOf(store).filter((one) => one.config !== undefined);
    if (reader === undefined || program?.config === undefined) continue;
    if ((setting(program, ...path)?.value ?? standard) === true) continue;
    yield {
      place: inConfig(program.config, ...path),
      message: `\`${reader.name}\` reads \`${reader.readIds[signal].join('|')}\` at once, and ${store} does not allow it`,
      help: `set \`${path.join('.')}: true\` in ${store}`,
    };
  }
}

export const rule: Rule = {
  meta: {
    id: 'disabled-federation',
    family: 'tenancy',
    severity: 'error',
    description: 'Somebody asks several tenants at once, and the store does not allow it.',
    why: 'The store takes the names with their pipe for one tenant, which it refuses or which is empty.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-tenant-federation/',
  },
  *cluster(cluster) {
    yield* ofReaders(cluster);
    for (const { config, name, type, tenantHeader } of provisionedSources(cluster)) {
      const federation = FEDERATION[type];
      if (federation === undefined || tenantHeader?.value.includes('|') !== true) continue;
      const [program] = cluster.programsOf(federation.store).filter((one) => one.config !== undefined);
      if (program === undefined) continue;
      const on = setting(program, ...federation.path)?.value ?? federation.standard;
      if (on === true) continue;
      yield {
        place: inConfig(config, ...tenantHeader.path),
        message: `data source \`${name}\` asks the tenants \`${tenantHeader.value}\` at once, and ${federation.store} does not allow it`,
        help: `set \`${federation.path.join('.')}: true\` in ${federation.store}, or ask one tenant`,
      };
    }
  },
};
