import { inManifest } from '../../place.ts';
import { ringMembers, ringsOf } from '../../view/rings.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'too-few-replicas-for-replication',
    family: 'rings',
    severity: 'error',
    description: 'A ring has fewer members than the replication factor.',
    why: 'Every write asks for as many members as the factor says; where they cannot be had, nothing is accepted.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-hash-rings/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      const members = ringMembers(ring);
      const [first] = ring.workloads;
      if (first === undefined || members >= ring.replicationFactor) continue;
      yield {
        place: inManifest(first.manifest, 'spec', 'replicas'),
        message: `the ring of ${ring.name} has ${String(members)} members, but keeps ${String(ring.replicationFactor)} copies`,
        label: `at least ${String(ring.replicationFactor)} in all`,
        help: 'raise the replicas, or lower the replication factor',
      };
    }
  },
};
