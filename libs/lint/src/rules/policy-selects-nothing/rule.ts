import { describe, selectedBy } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { selectorText, unmatchedLabel } from '../../view/labels.ts';
import { policiesOf } from '../../view/policies.ts';

export const rule: Rule = {
  meta: {
    id: 'policy-selects-nothing',
    family: 'network',
    severity: 'warning',
    description: 'A NetworkPolicy selects no pods.',
    why: 'It protects nothing and allows nothing: a label was renamed, and the pods are left with the default of the namespace.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const { manifest, namespace, selector } of policiesOf(cluster)) {
      // Where no pods of the namespace are known, somebody else may bring them.
      const own = cluster.workloads.filter((workload) => workload.namespace === namespace);
      if (own.length === 0 || selectedBy(selector, namespace, own).length > 0) continue;
      yield {
        place: inManifest(manifest, 'spec', 'podSelector', ...unmatchedLabel(selector, own)),
        message: `${describe(manifest)} selects pods with \`${selectorText(selector)}\`, and there are none`,
        help: 'select labels that the pods of a workload bear, or remove the policy',
      };
    }
  },
};
