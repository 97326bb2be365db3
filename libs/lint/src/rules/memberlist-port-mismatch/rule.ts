import { list, number, text } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { gossipsOf } from '../../view/gossip.ts';

export const rule: Rule = {
  meta: {
    id: 'memberlist-port-mismatch',
    family: 'rings',
    severity: 'error',
    description: 'Pods join each other on a port on which memberlist does not listen.',
    why: 'A headless name gives the addresses of pods, and no Service turns one port into another: nobody is joined, and each pod is a ring of its own.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-hash-rings/',
  },
  *cluster(cluster) {
    for (const { store, joins, port } of gossipsOf(cluster)) {
      for (const { text: address, place, port: joined, service } of joins) {
        // A Service with an address of its own may turn one port into another.
        if (service === undefined || text(service.body, 'spec', 'clusterIP') !== 'None') continue;
        const ports = list(service.body, 'spec', 'ports').map((each) => number(each, 'port'));
        // A port that the Service does not have is another rule's.
        if (joined === undefined || joined === port || !ports.includes(joined)) continue;
        yield {
          place,
          message: `\`${address}\` joins on port ${String(joined)}, but ${store} listens for members on ${String(port)}`,
          help: `write ${String(port)}, or set \`memberlist.bind_port\``,
        };
      }
    }
  },
};
