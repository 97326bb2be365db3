import type { Rule } from '../../types.ts';
import { destinationsOf } from '../../view/destinations.ts';
import { isOurs } from '../../view/services.ts';

export const rule: Rule = {
  meta: {
    id: 'wrong-cluster-domain',
    family: 'network',
    severity: 'error',
    description: "An address ends in a domain that is not the cluster's.",
    why: "The name does not exist: only names under the cluster's own domain lead to its Services.",
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  },
  *cluster(cluster) {
    const domain = cluster.plan.kubernetes.clusterDomain;
    for (const { address, name } of destinationsOf(cluster)) {
      if (['', 'svc', `svc.${domain}`].includes(name.suffix)) continue;
      // Elsewhere, `svc` in a name may be just a word.
      if (!isOurs(cluster, name.namespace) && name.namespace !== 'kube-system') continue;
      yield {
        place: address.place,
        message: `\`${address.host}\` is not below the cluster's domain, \`${domain}\``,
        help: `write \`${name.service}.${name.namespace}.svc.${domain}\`, or set \`spec.kubernetes.clusterDomain\``,
        derivedFrom: ['spec', 'kubernetes', 'clusterDomain'],
      };
    }
  },
};
