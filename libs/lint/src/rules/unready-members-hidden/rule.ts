import { get } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { gossipsOf } from '../../view/gossip.ts';

export const rule: Rule = {
  meta: {
    id: 'unready-members-hidden',
    family: 'rings',
    severity: 'warning',
    description: 'Members of a ring find each other only when they are ready.',
    why: 'When all start at once, as after an outage, none is ready and the name has no address: each gives up joining and is a ring of its own.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  },
  *cluster(cluster) {
    for (const { store, joins, pods } of gossipsOf(cluster)) {
      for (const { service } of joins) {
        if (service === undefined || pods < 2) continue;
        const value = get(service.body, 'spec', 'publishNotReadyAddresses');
        if (value === true) continue;
        yield {
          place: inManifest(service, 'spec', 'publishNotReadyAddresses'),
          message: `\`${service.name}\`, by which ${String(pods)} pods of ${store} join, leaves out pods that are not ready`,
          help: 'set `publishNotReadyAddresses: true`',
          ...(value !== undefined && { remedy: { safe: true, value: true } }),
        };
      }
    }
  },
};
