import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { addressesOf } from '../../view/addresses.ts';
import { blockedCalls } from '../../view/blocked.ts';
import { isPlannedOutside, severalOf } from '../../view/planned.ts';
import { mayPass, policiesFor } from '../../view/policies.ts';
import { nameOf } from '../../view/services.ts';

const HELP = 'add an egress rule with the pods that are called and this port, or change the address';

export const rule: Rule = {
  meta: {
    id: 'blocked-egress',
    family: 'network',
    severity: 'error',
    description: 'A configured address cannot be reached: the NetworkPolicies of the caller let nothing out to it.',
    why: 'The caller waits until it times out, and nothing says why: packets are dropped in silence.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const { call, stopped, policy, place } of blockedCalls(cluster, 'egress')) {
      const { address } = call.destination;
      yield {
        place,
        message: `${severalOf(stopped)} calls \`${address.host}\` on port ${call.port} (\`${address.key}\`), and NetworkPolicy \`${policy}\` does not let it out`,
        help: HELP,
      };
    }
    for (const address of addressesOf(cluster)) {
      const { host, port, key, callers } = address;
      if (port === undefined || !host.includes('.')) continue;
      const stopped = callers
        .map(({ workload }) => workload)
        .filter((workload) => nameOf(cluster, host, workload.namespace) === undefined)
        .filter(
          (workload) => !mayPass(cluster, workload, 'egress', { kind: 'outside', host }, { port, protocol: 'TCP' }),
        );
      const [first] = stopped;
      if (first === undefined) continue;
      const [policy] = policiesFor(cluster, first, 'egress').toSorted(
        (left, right) => right.rules('egress').length - left.rules('egress').length,
      );
      yield {
        place: isPlannedOutside(cluster, first, port)
          ? inManifest(policy?.manifest ?? first.manifest, 'spec', 'egress')
          : address.place,
        message: `${severalOf(stopped)} calls \`${host}\` on port ${port} (\`${key}\`), and NetworkPolicy \`${policy?.manifest.name ?? ''}\` does not let it out`,
        help: HELP,
      };
    }
  },
};
