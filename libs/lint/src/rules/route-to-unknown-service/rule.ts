import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { backendsIn, ENTRY_KINDS } from '../../view/entries.ts';
import { isOurs, serviceNamed } from '../../view/services.ts';

export const rule: Rule = {
  meta: {
    id: 'route-to-unknown-service',
    family: 'tenancy',
    severity: 'error',
    description: 'A route leads to a Service, or to a port of it, that the cluster does not have.',
    why: 'Everything that matches the route is answered with 500 or 503.',
    source: 'https://gateway-api.sigs.k8s.io/api-types/httproute/',
  },
  kinds: ENTRY_KINDS,
  *manifest(manifest, cluster) {
    for (const { service: name, namespace, port, place, portPlace } of backendsIn(manifest)) {
      if (!isOurs(cluster, namespace)) continue;
      const service = serviceNamed(cluster, { service: name, namespace, suffix: '' });
      if (port !== undefined && service?.ports.some((one) => one.port === port || one.name === port) === true) continue;
      const missing = service === undefined ? 'Service' : 'port of it';
      yield {
        place: inManifest(manifest, ...(service === undefined ? place : portPlace)),
        message: `${describe(manifest)} leads to port ${port ?? 'that is not said'} of Service \`${name}\`, and namespace \`${namespace}\` has no such ${missing}`,
        help: 'lead to a Service and a port that are there',
      };
    }
  },
};
