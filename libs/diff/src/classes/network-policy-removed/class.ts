import { listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { list, type Manifest } from '@lgtm-fleet/manifests';
import { subjectOf } from '../../view/stateful.ts';

export const networkPolicyRemoved: DangerClass = {
  meta: {
    id: 'network-policy-removed',
    danger: 'D22',
    effect: 'exposure',
    blocks: false,
    description: 'A NetworkPolicy disappears, or no longer limits one of the directions.',
    why: 'What no policy selects may be reached by, and reach, everything.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  },
  *find({ after: side, changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (before?.kind !== 'NetworkPolicy' || change.orphaned) continue;
      const gone = directions(before).filter((direction) => !directions(after).includes(direction));
      if (gone.length === 0) continue;
      // Together with the namespace's last workload the policy has nothing to protect.
      if (!side.workloads.some(({ namespace }) => namespace === before.namespace)) continue;
      yield {
        subject: subjectOf(change),
        message: say`the NetworkPolicy ${before.name} no longer limits ${listed(gone)}`,
        consequence: say`pods that it selected are open in that direction, unless another policy selects them too`,
        changes: [change],
      };
    }
  },
};

function directions(policy: Manifest | undefined): readonly string[] {
  return list(policy?.body, 'spec', 'policyTypes').filter((type) => typeof type === 'string');
}
