import { describe } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { blockedCalls } from '../../view/blocked.ts';
import { severalOf } from '../../view/planned.ts';

export const rule: Rule = {
  meta: {
    id: 'blocked-ingress',
    family: 'network',
    severity: 'error',
    description: 'A configured address cannot be reached: the NetworkPolicies of what is called let nobody in.',
    why: 'The caller waits until it times out, and nothing says why: packets are dropped in silence.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const { call, stopped, policy, place } of blockedCalls(cluster, 'ingress')) {
      const { address } = call.destination;
      yield {
        place,
        message: `${describe(call.from.manifest)} calls port ${call.port} of ${severalOf(stopped)} (\`${address.key}\`), and NetworkPolicy \`${policy}\` does not let it in`,
        help: 'add an ingress rule with the pods that call and this port, or change the address',
      };
    }
  },
};
