import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { gossipsOf } from '../../view/gossip.ts';
import { get } from '@lgtm-fleet/manifests';

export const rule: Rule = {
  meta: {
    id: 'unverified-cluster-label',
    family: 'rings',
    severity: 'warning',
    description: 'Members of a ring take messages from any other ring.',
    why: 'When an address of a pod goes to a pod of another store, the two rings become one, and writes go to processes that do not know them.',
    source: 'https://github.com/grafana/tempo/issues/2766',
  },
  *cluster(cluster) {
    for (const { store, config, label, joins } of gossipsOf(cluster)) {
      if (joins.length === 0) continue;
      if (label === undefined || label === '') {
        yield {
          place: inConfig(config, 'memberlist', 'cluster_label'),
          message: `the ring of ${store} has no label, so it takes members of any ring`,
          help: 'set `memberlist.cluster_label` to a name of this store in this cluster',
        };
      } else if (get(config.value, 'memberlist', 'cluster_label_verification_disabled') === true) {
        yield {
          place: inConfig(config, 'memberlist', 'cluster_label_verification_disabled'),
          message: `the ring of ${store} does not check the label of who sends to it`,
          help: 'set it to `false`, or leave it out; it is for the time of a migration only',
          remedy: { safe: true, value: false },
        };
      }
    }
  },
};
