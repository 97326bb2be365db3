import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { overridesOf } from '../../view/tenant-files.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-tenant-override',
    family: 'tenancy',
    severity: 'warning',
    description: 'A store has no limits for a tenant of the cluster.',
    why: 'The tenant gets the defaults for everybody: its load is refused where they are lower, and its retention is not what its owner was told.',
    source: 'https://grafana.com/docs/mimir/latest/configure/about-runtime-configuration/',
  },
  *cluster(cluster) {
    for (const { store, config, tenants } of overridesOf(cluster)) {
      for (const [index, { name }] of cluster.plan.tenants.entries()) {
        if (tenants[name] !== undefined) continue;
        yield {
          place: inConfig(config, 'overrides'),
          message: `${store} has no limits for tenant \`${name}\``,
          help: `add an entry \`${name}\` with its limits and its retention`,
          derivedFrom: ['spec', 'tenants', index],
        };
      }
    }
  },
};
