import { inConfig } from '../../place.ts';
import type { Place, Rule } from '../../types.ts';
import { provisionedSources } from '../../view/data-sources.ts';
import { overridesOf } from '../../view/tenant-files.ts';
import type { ClusterView } from '../../view/cluster.ts';

const MAX = 150;

interface Named {
  readonly tenant: string;
  readonly place: Place;
}

function named(cluster: ClusterView): readonly Named[] {
  const overrides = overridesOf(cluster).flatMap(({ config, tenants }) =>
    Object.keys(tenants).map((tenant) => ({ tenant, place: inConfig(config, 'overrides', tenant) })),
  );
  const headers = provisionedSources(cluster).flatMap(({ config, tenantHeader }) =>
    // Several tenants in one question are joined by a pipe.
    (tenantHeader?.value.split('|') ?? []).map((tenant) => ({
      tenant,
      place: inConfig(config, ...(tenantHeader?.path ?? [])),
    })),
  );
  return [...overrides, ...headers];
}

function faultOf(tenant: string): string | undefined {
  // Filled in when Grafana starts.
  if (tenant.includes('$')) return undefined;
  if (tenant === '') return 'it is empty';
  if (tenant.length > MAX) return `it has ${tenant.length} characters`;
  if (tenant === '.' || tenant === '..') return 'it would be a path';
  const wrong = /[^A-Za-z0-9!\-_.*'()]/.exec(tenant)?.[0];
  return wrong === undefined ? undefined : `it has a \`${wrong}\``;
}

export const rule: Rule = {
  meta: {
    id: 'invalid-tenant-id',
    family: 'tenancy',
    severity: 'error',
    description: 'A tenant has a name that the stores refuse.',
    why: 'Every request of that tenant is answered with an error; its limits are never looked up.',
    source: 'https://grafana.com/docs/mimir/latest/configure/about-tenant-ids/',
  },
  *cluster(cluster) {
    for (const { tenant, place } of named(cluster)) {
      const fault = faultOf(tenant);
      if (fault === undefined) continue;
      yield {
        place,
        message: `\`${tenant.slice(0, MAX)}\` cannot be the name of a tenant: ${fault}`,
        help: "use at most 150 letters, digits and `!-_.*'()`",
      };
    }
  },
};
