import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { objectReferences } from '../../view/references.ts';

export const rule: Rule = {
  meta: {
    id: 'unused-config-map',
    family: 'kubernetes',
    severity: 'info',
    description: 'No pod reads a ConfigMap.',
    why: 'Somebody changes it and wonders why nothing happens.',
    source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  },
  *cluster(cluster) {
    for (const manifest of cluster.ofKind('ConfigMap')) {
      const { name, namespace, folder } = manifest;
      // Only where the folder has pods too: others are for what is not ours, as Argo CD's settings are.
      if (!cluster.workloads.some((workload) => workload.manifest.folder === folder)) continue;
      const used = cluster.workloads.some(
        (workload) =>
          workload.namespace === namespace &&
          objectReferences(workload).some((reference) => reference.kind === 'ConfigMap' && reference.name === name),
      );
      if (used) continue;
      yield {
        place: inManifest(manifest, 'metadata', 'name'),
        message: `no pod in namespace \`${namespace}\` reads ConfigMap \`${name}\``,
        help: 'mount it, or remove it',
      };
    }
  },
};
