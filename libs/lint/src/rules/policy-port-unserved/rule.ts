import { describe, number, selectedBy, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { policiesOf } from '../../view/policies.ts';

export const rule: Rule = {
  meta: {
    id: 'policy-port-unserved',
    family: 'network',
    severity: 'warning',
    description: 'A NetworkPolicy lets traffic in to a port that its pods do not have.',
    why: 'Most likely another port was meant, and that one is shut.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const { manifest, namespace, selector, rules } of policiesOf(cluster)) {
      const containers = selectedBy(selector, namespace, cluster.workloads).flatMap((workload) => workload.containers);
      const declared = containers.flatMap(({ ports }) => ports);
      if (declared.length === 0) continue;
      for (const { path, ports } of rules('ingress')) {
        for (const [index, port] of ports.entries()) {
          const asked = text(port, 'port') ?? number(port, 'port');
          const protocol = text(port, 'protocol') ?? 'TCP';
          const last = number(port, 'endPort') ?? asked;
          const served = declared.some(
            (one) =>
              one.protocol === protocol &&
              (asked === undefined || one.name === asked || (one.port >= Number(asked) && one.port <= Number(last))),
          );
          if (served) continue;
          yield {
            place: inManifest(manifest, ...path, 'ports', index, 'port'),
            message: `${describe(manifest)} lets traffic in to ${protocol} port \`${asked ?? ''}\`, which none of its pods has`,
            label: `they have ${[...new Set(declared.map((one) => one.port))].join(', ')}`,
            help: 'name a port that the containers declare',
          };
        }
      }
    }
  },
};
