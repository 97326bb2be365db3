import { get, object } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { objectReferences } from '../../view/references.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-config-map',
    family: 'kubernetes',
    severity: 'error',
    description: 'Pods need a ConfigMap, or a key of one, that is not rendered.',
    why: 'They wait in `ContainerCreating` or `CreateContainerConfigError` for ever.',
    source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  },
  *cluster(cluster) {
    for (const workload of cluster.workloads) {
      for (const { kind, name, path, optional, keys } of objectReferences(workload)) {
        // Kubernetes puts its certificate into every namespace.
        if (kind !== 'ConfigMap' || optional || name === 'kube-root-ca.crt') continue;
        const found = cluster.find('ConfigMap', name, workload.namespace);
        if (found === undefined)
          yield {
            place: inManifest(workload.manifest, ...path),
            message: `\`${workload.name}\` needs ConfigMap \`${name}\`, which is not in namespace \`${workload.namespace}\``,
            help: 'name one that is there, or have the overlay generate it',
          };
        for (const { key, path: at } of keys) {
          if (found === undefined) continue;
          if (get(found.body, 'data', key) !== undefined || get(found.body, 'binaryData', key) !== undefined) continue;
          yield {
            place: inManifest(workload.manifest, ...at),
            message: `\`${workload.name}\` needs key \`${key}\` of ConfigMap \`${name}\`, which has none`,
            help: `it has ${Object.keys(object(found.body, 'data'))
              .map((known) => `\`${known}\``)
              .join(', ')}`,
          };
        }
      }
    }
  },
};
