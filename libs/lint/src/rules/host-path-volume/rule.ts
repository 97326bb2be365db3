import { get, list, text, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { isPrivileged } from '../../view/pod-security.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'host-path-volume',
    family: 'kubernetes',
    severity: 'error',
    description: 'A pod mounts a folder of its node.',
    why: 'It reads, and unless told otherwise changes, what belongs to the node and to other pods.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, cluster) {
    const workload = workloadOf(manifest);
    if (workload === undefined || isPrivileged(cluster, workload.namespace)) return;
    for (const [index, volume] of list(workload.pod, 'volumes').entries()) {
      if (get(volume, 'hostPath') === undefined) continue;
      yield {
        place: inManifest(manifest, ...workload.podPath, 'volumes', index, 'hostPath'),
        message: `volume \`${text(volume, 'name') ?? ''}\` is the folder \`${text(volume, 'hostPath', 'path') ?? ''}\` of the node`,
        help: "claim a volume; a collector that needs the node's files belongs into the namespace of the collectors",
      };
    }
  },
};
