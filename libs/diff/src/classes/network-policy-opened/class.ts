import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, list, type Manifest } from '@lgtm-fleet/manifests';
import { subjectOf } from '../../view/stateful.ts';

export const networkPolicyOpened: DangerClass = {
  meta: {
    id: 'network-policy-opened',
    danger: 'D22',
    effect: 'exposure',
    blocks: false,
    description: 'A NetworkPolicy lets in, or out, everything.',
    why: 'A rule without peers allows all of them; it is easily made by an indentation too few.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (after?.kind !== 'NetworkPolicy') continue;
      for (const [direction, peers] of [
        ['ingress', 'from'],
        ['egress', 'to'],
      ] as const) {
        if (!isOpen(after, direction, peers) || isOpen(before, direction, peers)) continue;
        yield {
          subject: `${subjectOf(change)}:${direction}`,
          message: say`the NetworkPolicy ${after.name} has a rule for ${direction} that allows everything`,
          consequence:
            direction === 'ingress'
              ? say`every pod of the cluster, and whatever reaches its network, may connect`
              : say`the pods may send what they hold anywhere`,
          changes: [change],
        };
      }
    }
  },
};

function isOpen(policy: Manifest | undefined, direction: string, peers: string): boolean {
  return list(policy?.body, 'spec', direction).some(
    (rule) => list(rule, peers).length === 0 && get(rule, 'ports') === undefined,
  );
}
