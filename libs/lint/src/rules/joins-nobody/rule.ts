import { get, selectedBy } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { gossipsOf } from '../../view/gossip.ts';

export const rule: Rule = {
  meta: {
    id: 'joins-nobody',
    family: 'rings',
    severity: 'error',
    description: 'The pods of a store are not told where to find each other.',
    why: 'Each pod is a ring of its own: it takes what it gets for all there is, queries find a part, and compactors work against each other.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-hash-rings/',
  },
  *cluster(cluster) {
    for (const { store, config, pods, joins, programs } of gossipsOf(cluster)) {
      if (joins.length === 0 && pods > 1) {
        yield {
          place: inConfig(config, 'memberlist', 'join_members'),
          message: `${String(pods)} pods of ${store} are told of no other to join`,
          help: 'name the headless Service that selects them in `memberlist.join_members`',
        };
      }
      const workloads = programs.map(({ workload }) => workload);
      for (const { text, place, service } of joins) {
        if (service === undefined) continue;
        const selector = { matchLabels: get(service.body, 'spec', 'selector') ?? {} };
        if (selectedBy(selector, service.namespace, workloads).length > 0) continue;
        yield {
          place,
          message: `the Service \`${service.name}\` of \`${text}\` selects no pod of ${store}`,
          help: `name the headless Service that selects the pods of ${store}`,
        };
      }
    }
  },
};
