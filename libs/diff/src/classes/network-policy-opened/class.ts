import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, list, object, type Json, type Manifest } from '@lgtm-fleet/manifests';
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
      if (after?.kind !== 'NetworkPolicy' && after?.kind !== 'CiliumNetworkPolicy') continue;
      for (const [direction, peers] of [
        ['ingress', 'from'],
        ['egress', 'to'],
      ] as const) {
        if (!isOpen(after, direction, peers) || isOpen(before, direction, peers)) continue;
        yield {
          subject: `${subjectOf(change)}:${direction}`,
          message:
            after.kind === 'NetworkPolicy'
              ? say`the NetworkPolicy ${after.name} has a rule for ${direction} that allows everything`
              : say`the CiliumNetworkPolicy ${after.name} has a rule for ${direction} that allows everything`,
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
  if (policy?.kind === 'CiliumNetworkPolicy')
    return list(policy.body, 'spec', direction).some((rule) => isOpenInCilium(rule, peers));
  return list(policy?.body, 'spec', direction).some(
    (rule) => list(rule, peers).length === 0 && get(rule, 'ports') === undefined,
  );
}

/** Without any peer, or with an entity that holds the world: in Cilium ports belong to both directions. */
function isOpenInCilium(rule: Json, peers: string): boolean {
  if (get(rule, 'toPorts') !== undefined) return false;
  const said = Object.keys(object(rule)).filter((key) => key.startsWith(peers));
  return said.length === 0 || list(rule, `${peers}Entities`).some((entity) => entity === 'world' || entity === 'all');
}
