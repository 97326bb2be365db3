import { describe, list, number, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
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
  kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'],
  *manifest(manifest, cluster) {
    for (const [rule, body] of list(manifest.body, 'spec', 'rules').entries()) {
      for (const [index, backend] of list(body, 'backendRefs').entries()) {
        const name = text(backend, 'name') ?? '';
        const namespace = text(backend, 'namespace') ?? manifest.namespace;
        if ((text(backend, 'kind') ?? 'Service') !== 'Service' || !isOurs(cluster, namespace)) continue;
        const service = serviceNamed(cluster, { service: name, namespace, suffix: '' });
        const port = number(backend, 'port');
        if (service?.ports.some((one) => one.port === port) === true) continue;
        const missing = service === undefined ? 'Service' : 'port of it';
        yield {
          place: inManifest(
            manifest,
            'spec',
            'rules',
            rule,
            'backendRefs',
            index,
            service === undefined ? 'name' : 'port',
          ),
          message: `${describe(manifest)} leads to port ${port ?? 'that is not said'} of Service \`${name}\`, and namespace \`${namespace}\` has no such ${missing}`,
          help: 'lead to a Service and a port that are there',
        };
      }
    }
  },
};
