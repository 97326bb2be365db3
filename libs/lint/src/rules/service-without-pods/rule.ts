import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { servicesOf } from '../../view/services.ts';

export const rule: Rule = {
  meta: {
    id: 'service-without-pods',
    family: 'network',
    severity: 'error',
    description: 'The selector of a Service matches no pods.',
    why: 'The Service exists and resolves, and every connection to it fails; a headless one does not even resolve.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  },
  *cluster(cluster) {
    for (const { manifest, namespace, selector, workloads } of servicesOf(cluster)) {
      const pairs = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
      if (pairs.length === 0 || workloads.length > 0) continue;
      // Where no pods of the namespace are known, somebody else may bring them.
      const own = cluster.workloads.filter((workload) => workload.namespace === namespace);
      if (own.length === 0) continue;
      const wrong = Object.entries(selector).find(([key, value]) => own.every(({ labels }) => labels[key] !== value));
      yield {
        place: inManifest(manifest, 'spec', 'selector', ...(wrong === undefined ? [] : [wrong[0]])),
        message: `${describe(manifest)} selects pods with \`${pairs.join(',')}\`, and there are none`,
        help: 'select labels that the pods of one workload bear',
      };
    }
  },
};
