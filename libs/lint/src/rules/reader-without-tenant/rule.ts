import { get } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { addressesIn } from '../../view/address-text.ts';
import { provisionedSources } from '../../view/data-sources.ts';
import { asksForTenant } from '../../view/protected.ts';

export const rule: Rule = {
  meta: {
    id: 'reader-without-tenant',
    family: 'tenancy',
    severity: 'error',
    description: 'A data source of Grafana asks the stores and does not say as whom.',
    why: 'Every panel and every alert on it fails: the gateway answers 401.',
    source: 'https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources',
  },
  *cluster(cluster) {
    const home = cluster.programsOf('grafana')[0]?.workload.namespace ?? '';
    for (const { config, path, name, url, body, tenantHeader } of provisionedSources(cluster)) {
      const [address] = addressesIn(url);
      if (address === undefined || !asksForTenant(cluster, address.host, home)) continue;
      const signsIn =
        (get(body, 'basicAuth') === true && get(body, 'basicAuthUser') !== undefined) ||
        get(body, 'jsonData', 'httpHeaderName1') === 'Authorization' ||
        get(body, 'jsonData', 'tlsAuth') === true;
      if (signsIn || tenantHeader !== undefined || get(body, 'jsonData', 'oauthPassThru') === true) continue;
      yield {
        place: inConfig(config, ...path, 'basicAuth'),
        message: `data source \`${name}\` asks \`${address.host}\` and does not say as which tenant`,
        help: 'set `basicAuth: true`, `basicAuthUser` to the tenant, and its password in `secureJsonData`',
      };
    }
  },
};
