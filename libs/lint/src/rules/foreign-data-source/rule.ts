import { get, text } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { provisionedSources, type ProvisionedSource } from '../../view/data-sources.ts';

/** Whom a data source asks as, where that can be seen: its user, or the file of its token or certificate. */
function userOf({ body }: ProvisionedSource): string | undefined {
  if (get(body, 'basicAuth') === true) return text(body, 'basicAuthUser');
  const shown = text(body, 'secureJsonData', 'tlsClientCert') ?? text(body, 'secureJsonData', 'httpHeaderValue1') ?? '';
  return /\/tenant-credentials\/([-\w]+)(?:\.crt)?\}$/.exec(shown)?.[1];
}

export const rule: Rule = {
  meta: {
    id: 'foreign-data-source',
    family: 'grafana',
    severity: 'error',
    description: 'A data source is in an organisation whose people may not see what it shows.',
    why: 'Whoever is in an organisation of Grafana queries all of its data sources: the people of one tenant read another.',
    source: 'https://grafana.com/docs/grafana/latest/administration/data-source-management/#data-source-permissions',
  },
  *cluster(cluster) {
    const organisations = cluster.plan.grafana?.organisations ?? [];
    for (const source of provisionedSources(cluster)) {
      const [, named] = /^\$__file\{.*\/([-\w]+)\}$/.exec(source.organisation) ?? [];
      const user = userOf(source);
      if (user === undefined || (named === undefined && source.organisation !== '1')) continue;
      const organisation = organisations.find(({ name }) => name === named);
      if (organisation?.credentials.includes(user) === true) continue;
      const where = named === undefined ? 'the main organisation' : `organisation \`${named}\``;
      yield {
        place: inConfig(source.config, ...source.path, named === undefined ? 'name' : 'orgId'),
        message:
          organisation === undefined
            ? `data source \`${source.name}\` is in ${where}, which the plan does not have`
            : `data source \`${source.name}\` asks as \`${user}\`, whom the people of ${where} may not see`,
        help: 'say in `spec` who sees whom, with `viewers`, `editors` and `readers`, and generate',
        derivedFrom: ['spec', 'tenants'],
      };
    }
  },
};
