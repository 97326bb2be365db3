import { nearest } from '@lgtm-fleet/diagnostics';
import type { Rule } from '../../types.ts';
import { destinationsOf } from '../../view/destinations.ts';
import { isOurs, servicesOf } from '../../view/services.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-service',
    family: 'network',
    severity: 'error',
    description: 'An address names a Service that the cluster does not have.',
    why: 'The name has no address: whoever dials it fails at once, or waits, and a cache that cannot be found stops Mimir from starting.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  },
  *cluster(cluster) {
    for (const { address, name, service } of destinationsOf(cluster)) {
      if (service !== undefined || !isOurs(cluster, name.namespace)) continue;
      // A Service of type ExternalName is a name for something outside.
      if (cluster.find('Service', name.service, name.namespace) !== undefined) continue;
      const known = servicesOf(cluster).filter(({ namespace }) => namespace === name.namespace);
      const meant = nearest(
        name.service,
        known.map((one) => one.name),
      );
      yield {
        place: address.place,
        message: `\`${address.key}\` names the Service \`${name.service}\`, which namespace \`${name.namespace}\` does not have`,
        ...(meant !== undefined && { label: `did you mean \`${meant}\`?` }),
        help: 'name a Service of that namespace, or add this one',
      };
    }
  },
};
