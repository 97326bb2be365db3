import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { gossipsOf } from '../../view/gossip.ts';

export const rule: Rule = {
  meta: {
    id: 'gossip-service-with-address',
    family: 'rings',
    severity: 'warning',
    description: 'The Service that members of a ring join by has an address of its own.',
    why: 'Its name then gives one address instead of all pods: a member that starts reaches some pod or itself, and after a network fault the parts do not find each other again.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-hash-rings/',
  },
  *cluster(cluster) {
    for (const { store, joins } of gossipsOf(cluster)) {
      for (const { service } of joins) {
        if (service === undefined || text(service.body, 'spec', 'clusterIP') === 'None') continue;
        yield {
          place: inManifest(service, 'spec', 'clusterIP'),
          message: `the pods of ${store} join by \`${service.name}\`, which is not headless`,
          help: 'set `clusterIP: None`; a Service that exists has to be made anew for it',
        };
      }
    }
  },
};
