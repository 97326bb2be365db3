import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { objectReferences } from '../../view/references.ts';
import { secretsOf } from '../../view/secrets.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-secret',
    family: 'kubernetes',
    severity: 'error',
    description: 'Pods need a Secret, or a key of one, that nothing makes.',
    why: 'They wait in `ContainerCreating` or `CreateContainerConfigError` for ever.',
    source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  },
  *cluster(cluster) {
    const secrets = secretsOf(cluster);
    for (const workload of cluster.workloads) {
      for (const { kind, name, path, optional, keys } of objectReferences(workload)) {
        if (kind !== 'Secret' || optional) continue;
        const known = secrets.get(`${workload.namespace}/${name}`);
        if (known === undefined)
          yield {
            place: inManifest(workload.manifest, ...path),
            message: `\`${workload.name}\` needs Secret \`${name}\`, which nothing makes in namespace \`${workload.namespace}\``,
            help: 'name one of the cluster, or add an ExternalSecret that makes it',
          };
        for (const { key, path: at } of keys) {
          if (known === undefined || known.keys === undefined || known.keys.includes(key)) continue;
          yield {
            place: inManifest(workload.manifest, ...at),
            message: `\`${workload.name}\` needs key \`${key}\` of Secret \`${name}\`, which has none`,
            help: `it has ${known.keys.map((each) => `\`${each}\``).join(', ')}`,
          };
        }
      }
    }
  },
};
