import { text, type Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { quorumsOf } from '../../view/quorums.ts';

export const rule: Rule = {
  meta: {
    id: 'ordered-start-of-ring',
    family: 'rings',
    severity: 'warning',
    description: 'Members of a ring start one after the other, each when the one before is ready.',
    why: 'After an outage of all, each waits for the replay of the one before; and where a member is ready only once it sees a quorum, the first waits for ever.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies',
  },
  *cluster(cluster) {
    const seen = new Set<Workload>();
    for (const { name, workloads } of quorumsOf(cluster)) {
      for (const workload of workloads) {
        const { manifest, kind, replicas } = workload;
        const policy = text(manifest.body, 'spec', 'podManagementPolicy');
        if (kind !== 'StatefulSet' || (replicas ?? 1) < 2 || policy === 'Parallel') continue;
        // One process may be a member of several rings.
        if (seen.has(workload)) continue;
        seen.add(workload);
        yield {
          place: inManifest(manifest, 'spec', 'podManagementPolicy'),
          message: `\`${workload.name}\` starts ${name} one after the other`,
          help: 'set `podManagementPolicy: Parallel`, before the StatefulSet is first made: it cannot be changed later',
          // A StatefulSet that exists has to be made anew for it.
          ...(policy !== undefined && { remedy: { safe: false, value: 'Parallel' } }),
        };
      }
    }
  },
};
