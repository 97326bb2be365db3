import { list, text, volumeOf, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-volume-mount',
    family: 'kubernetes',
    severity: 'error',
    description: 'A container mounts a volume that its pod does not have.',
    why: 'The API server refuses the workload, and the sync fails.',
    source: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    const workload = workloadOf(manifest);
    for (const container of workload?.containers ?? []) {
      for (const [index, mount] of list(container.body, 'volumeMounts').entries()) {
        const name = text(mount, 'name');
        if (workload === undefined || name === undefined || volumeOf(workload, name) !== undefined) continue;
        yield {
          place: inManifest(manifest, ...container.path, 'volumeMounts', index, 'name'),
          message: `container \`${container.name}\` of \`${workload.name}\` mounts volume \`${name}\`, which the pod does not have`,
          help: 'add it to the `volumes` of the pod, or to the claims of the StatefulSet',
        };
      }
    }
  },
};
