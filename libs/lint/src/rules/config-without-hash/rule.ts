import { annotationsOf, list, strings, text, withoutHash, type Manifest, type Workload } from '@lgtm-fleet/manifests';
import { inFile, inManifest } from '../../place.ts';
import type { Place, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';

export const rule: Rule = {
  meta: {
    id: 'config-without-hash',
    family: 'gitops',
    severity: 'warning',
    description: 'Pods do not restart when their configuration file changes.',
    why: 'The change is synced and healthy, and nothing runs with it until a pod restarts for another reason: some pods then have the old one and some the new.',
    source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/',
  },
  *cluster(cluster) {
    const seen = new Set<Manifest>();
    for (const { config, workload, name } of cluster.programs) {
      if (config === undefined || seen.has(config.manifest) || isFollowed(config.manifest, workload)) continue;
      seen.add(config.manifest);
      yield {
        place: placeOf(config.manifest, cluster),
        message: `\`${name}\` reads \`${config.key}\` when it starts, and a change of it does not restart \`${workload.name}\``,
        help: 'let Kustomize put a hash into the name of the ConfigMap, or a checksum of the file into an annotation of the pods',
      };
    }
  },
};

/** True where something sees to it that new pods run with what changes. */
function isFollowed(config: Manifest, { manifest, containers }: Workload): boolean {
  if (withoutHash(config.name) !== undefined) return true;
  const onPods = strings(manifest.body, 'spec', 'template', 'metadata', 'annotations');
  const keys = [...Object.keys(onPods), ...Object.keys(annotationsOf(manifest))];
  return (
    keys.some((key) => /checksum|hash|reload/i.test(key)) || containers.some(({ program }) => /reload/.test(program))
  );
}

/** The switch in the generator, where there is one. */
function placeOf(config: Manifest, { kustomizations }: ClusterView): Place {
  for (const { file, value } of kustomizations) {
    const at = list(value, 'configMapGenerator').findIndex((generator) => text(generator, 'name') === config.name);
    if (at >= 0 && file.startsWith(`${config.folder}/`))
      return inFile(file, 'configMapGenerator', at, 'options', 'disableNameSuffixHash');
  }
  return inManifest(config, 'metadata', 'name');
}
