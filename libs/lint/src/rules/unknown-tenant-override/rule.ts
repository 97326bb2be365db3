import { nearest } from '@lgtm-fleet/diagnostics';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { idsIn, overridesOf } from '../../view/tenant-files.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-tenant-override',
    family: 'tenancy',
    severity: 'warning',
    description: 'A file of limits names a tenant that the cluster does not have.',
    why: "The limits are nobody's: the tenant was renamed, or misspelt, and runs with the defaults.",
    source: 'https://grafana.com/docs/mimir/latest/configure/about-runtime-configuration/',
  },
  *cluster(cluster) {
    for (const { store, config, tenants } of overridesOf(cluster)) {
      const known = idsIn(cluster.plan, store);
      for (const tenant of Object.keys(tenants)) {
        // Tempo's entry for all the others.
        if (known.includes(tenant) || tenant === '*') continue;
        const meant = nearest(tenant, known);
        yield {
          place: inConfig(config, 'overrides', tenant),
          message: `${store} has limits for tenant \`${tenant}\`, which is none of the cluster's`,
          ...(meant !== undefined && { label: `did you mean \`${meant}\`?` }),
          help: 'add the tenant to `spec.tenants`, or remove its limits',
          derivedFrom: ['spec', 'tenants'],
        };
      }
    }
  },
};
