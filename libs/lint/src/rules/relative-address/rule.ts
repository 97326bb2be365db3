import type { Rule } from '../../types.ts';
import { destinationsOf } from '../../view/destinations.ts';

export const rule: Rule = {
  meta: {
    id: 'relative-address',
    family: 'network',
    severity: 'warning',
    description: "An address leaves out the cluster's domain, and needs the search domains.",
    why: 'nginx and the caches of Mimir 3 do not use them, so the name is never found; others ask DNS several times for each look-up, and a namespace of that name elsewhere could answer.',
    source: 'https://github.com/grafana/mimir/blob/main/CHANGELOG.md',
  },
  *cluster(cluster) {
    const domain = cluster.plan.kubernetes.clusterDomain;
    for (const { address, name, service } of destinationsOf(cluster)) {
      if (service === undefined || (name.suffix !== '' && name.suffix !== 'svc')) continue;
      yield {
        place: address.place,
        message: `\`${address.host}\` is no full name of a Service`,
        help: `write \`${name.service}.${name.namespace}.svc.${domain}\``,
      };
    }
  },
};
