import { describe, list, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'cross-namespace-route-without-grant',
    family: 'tenancy',
    severity: 'error',
    description: 'A route leads to a Service of another namespace that does not permit it.',
    why: 'The route is not accepted for that backend, and answers 500.',
    source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',
  },
  kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'],
  *manifest(manifest, cluster) {
    for (const [rule, body] of list(manifest.body, 'spec', 'rules').entries()) {
      for (const [index, backend] of list(body, 'backendRefs').entries()) {
        const namespace = text(backend, 'namespace');
        const name = text(backend, 'name') ?? '';
        if (namespace === undefined || namespace === manifest.namespace) continue;
        const granted = cluster
          .ofKind('ReferenceGrant')
          .filter((grant) => grant.namespace === namespace)
          .some(
            (grant) =>
              list(grant.body, 'spec', 'from').some(
                (from) => text(from, 'kind') === manifest.kind && text(from, 'namespace') === manifest.namespace,
              ) &&
              list(grant.body, 'spec', 'to').some(
                (to) => text(to, 'kind') === 'Service' && (text(to, 'name') ?? name) === name,
              ),
          );
        if (granted) continue;
        yield {
          place: inManifest(manifest, 'spec', 'rules', rule, 'backendRefs', index, 'namespace'),
          message: `${describe(manifest)} leads to Service \`${name}\` in namespace \`${namespace}\`, and no ReferenceGrant there permits it`,
          help: 'put the route into the namespace of the Service, or add a ReferenceGrant to that namespace',
        };
      }
    }
  },
};
