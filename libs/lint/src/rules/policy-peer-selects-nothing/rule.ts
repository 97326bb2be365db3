import { describe, get } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { selectorText, unmatchedLabel } from '../../view/labels.ts';
import { isPeer, podsOf, policiesOf } from '../../view/policies.ts';

export const rule: Rule = {
  meta: {
    id: 'policy-peer-selects-nothing',
    family: 'network',
    severity: 'warning',
    description: 'A rule of a NetworkPolicy names pods that are not there.',
    why: 'Whoever was meant is shut out: a label was misspelt, or the pods have moved to another namespace.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const policy of policiesOf(cluster)) {
      for (const direction of policy.directions) {
        for (const { peers, path } of policy.rules(direction)) {
          for (const [index, peer] of peers.entries()) {
            if (get(peer, 'podSelector') === undefined) continue;
            // Pods of namespaces that others fill are not known here.
            if (podsOf(cluster, policy, peer).size > 0) continue;
            const there = cluster.workloads.filter(({ namespace }) =>
              isPeer(cluster, policy, peer, { kind: 'namespace', namespace }),
            );
            if (there.length === 0) continue;
            const selector = get(peer, 'podSelector');
            const key = direction === 'ingress' ? 'from' : 'to';
            const label = unmatchedLabel(selector, there);
            yield {
              place: inManifest(policy.manifest, ...path, key, index, 'podSelector', ...label),
              message: `${describe(policy.manifest)} allows ${direction} ${key} pods with \`${selectorText(selector)}\`, and there are none`,
              help: 'select labels that the pods of a workload bear, and their namespace where it is another',
            };
          }
        }
      }
    }
  },
};
