import { fleetCheck } from '../../fleet.ts';
import type { Rule } from '../../types.ts';
import { inConfig } from '../../place.ts';
import { gossipsOf } from '../../view/gossip.ts';

export const rule: Rule = {
  meta: {
    id: 'shared-cluster-label',
    family: 'rings',
    severity: 'error',
    description: 'Two stores, or the stores of two clusters, have the same memberlist label.',
    why: 'When an address of a pod goes to a pod of the other store, the two rings become one: writes go to processes that do not know them. It has happened several times a year in production.',
    source: 'https://github.com/grafana/loki/issues/10172',
  },
  fleet: fleetCheck(
    (cluster) =>
      gossipsOf(cluster).flatMap(({ store, label, config }) =>
        typeof label === 'string' && label !== '' ? [{ label, config, owner: `${store} in \`${cluster.name}\`` }] : [],
      ),
    function* (all) {
      for (const [label, same] of Map.groupBy(all, (each) => each.label)) {
        const owners = [...new Set(same.map(({ owner }) => owner))];
        if (owners.length < 2) continue;
        for (const { config, owner } of same) {
          yield {
            place: inConfig(config, 'memberlist', 'cluster_label'),
            message: `\`${label}\` is the memberlist label of ${owners.join(' and of ')}`,
            label: `also of ${owners.filter((other) => other !== owner).join(' and of ')}`,
            help: 'name the cluster and the store in it; on a running ring, change it as the documentation says, or the ring splits',
          };
        }
      }
    },
  ),
};
