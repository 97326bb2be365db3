import { fleetCheck } from '../../fleet.ts';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { hostnamesOf } from '../../view/hostnames.ts';

export const rule: Rule = {
  meta: {
    id: 'shared-hostname',
    family: 'fleet',
    severity: 'error',
    description: 'Routes of two clusters answer to the same host name.',
    why: 'DNS leads to one of them, or to both in turn: what was meant for one cluster arrives at the other.',
    source: 'https://gateway-api.sigs.k8s.io/api-types/httproute/#hostnames',
  },
  fleet: fleetCheck(
    (cluster) => hostnamesOf(cluster).map((name) => ({ ...name, cluster: cluster.name })),
    function* (all) {
      for (const same of Map.groupBy(all, ({ host }) => host).values()) {
        for (const { cluster, host, route, path } of same) {
          const other = same.find((one) => one.cluster !== cluster);
          if (other === undefined) continue;
          yield {
            place: inManifest(route, ...path),
            message: `\`${host}\` leads to \`${cluster}\` and to \`${other.cluster}\``,
            label: `also of \`${other.cluster}\``,
            help: 'give each cluster host names of its own',
            derivedFrom: ['spec', 'exposure'],
          };
        }
      }
    },
  ),
};
