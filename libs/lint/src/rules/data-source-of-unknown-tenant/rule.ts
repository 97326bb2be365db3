import { get, text, type Path } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { addressesIn } from '../../view/address-text.ts';
import { provisionedSources, type ProvisionedSource } from '../../view/data-sources.ts';
import { asksForTenant } from '../../view/protected.ts';
import { readersOf } from '../../view/signing-in.ts';

interface Asked {
  readonly by: 'tenantHeader' | 'user';
  readonly value: string;
  readonly path: Path;
}

/** The header, or the user whom the gateway makes the header of. */
function askedAs({ tenantHeader, body, path }: ProvisionedSource): Asked | undefined {
  if (tenantHeader !== undefined) return { by: 'tenantHeader', ...tenantHeader };
  const value = get(body, 'basicAuth') === true ? text(body, 'basicAuthUser') : undefined;
  return value === undefined ? undefined : { by: 'user', value, path: [...path, 'basicAuthUser'] };
}

export const rule: Rule = {
  meta: {
    id: 'data-source-of-unknown-tenant',
    family: 'grafana',
    severity: 'error',
    description: 'A data source asks as a tenant that the cluster does not have.',
    why: 'The gateway does not know its password, or the store answers that the tenant has no data: every panel is empty.',
    source: 'https://grafana.com/docs/mimir/latest/manage/secure/authentication-and-authorization/',
  },
  *cluster(cluster) {
    const home = cluster.programsOf('grafana')[0]?.workload.namespace ?? '';
    const { credentials } = cluster.plan;
    const names = {
      // A header names what the stores know, a user whom the gateway knows.
      tenantHeader: [
        ...new Set(credentials.flatMap(({ readIds: { metrics, logs, traces } }) => [...metrics, ...logs, ...traces])),
      ],
      user: readersOf(cluster.plan),
    };
    for (const source of provisionedSources(cluster)) {
      const [address] = addressesIn(source.url);
      const asked = askedAs(source);
      if (address === undefined || asked === undefined || !asksForTenant(cluster, address.host, home)) continue;
      const tenants = names[asked.by];
      const unknown = asked.value.split('|').find((name) => !tenants.includes(name));
      if (unknown === undefined || asked.value.includes('$')) continue;
      yield {
        place: inConfig(source.config, ...asked.path),
        message: `data source \`${source.name}\` asks as tenant \`${unknown}\`, which is none of ${cluster.name}`,
        help: `write one of ${tenants.map((name) => `\`${name}\``).join(', ')}, or add the tenant to \`spec.tenants\``,
        derivedFrom: ['spec', 'tenants'],
      };
    }
  },
};
