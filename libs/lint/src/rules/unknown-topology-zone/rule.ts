import { WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { pinnedZones } from '../../view/zones.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-topology-zone',
    family: 'rings',
    severity: 'error',
    description: 'A workload must run in a zone that the cluster does not have.',
    why: 'Its pods wait for a node for ever; of a ring, a whole zone is missing.',
    source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, { spec }) {
    const { zones } = spec.spec.kubernetes;
    const workload = workloadOf(manifest);
    if (workload === undefined || zones.length === 0) return;
    const pinned = pinnedZones(workload);
    // One zone that exists is enough for a pod.
    if (pinned.some(({ zone }) => zones.includes(zone))) return;
    for (const { zone, path } of pinned)
      yield {
        place: inManifest(manifest, ...path),
        message: `\`${workload.name}\` must run in \`${zone}\`, which the cluster does not have`,
        label: `not one of ${zones.map((known) => `\`${known}\``).join(', ')}`,
        help: 'name a zone of `spec.kubernetes.zones`, or add this one there',
        derivedFrom: ['spec', 'kubernetes', 'zones'],
      };
  },
};
