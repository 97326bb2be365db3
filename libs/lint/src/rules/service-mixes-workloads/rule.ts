import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { destinationsOf, isGossip } from '../../view/destinations.ts';
import { kindsBehind, servicesOf } from '../../view/services.ts';

/** Of memberlist. */
const GOSSIP = 7946;

export const rule: Rule = {
  meta: {
    id: 'service-mixes-workloads',
    family: 'network',
    severity: 'error',
    description: 'A Service sends requests to pods that run different things.',
    why: 'A part of the requests goes to a program, or to a role of it, that cannot answer them. Only members of a ring gossip whatever they are.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  },
  *cluster(cluster) {
    const gossip = new Set(
      destinationsOf(cluster).flatMap(({ address, service }) =>
        isGossip(address) && service !== undefined ? [service.manifest] : [],
      ),
    );
    for (const service of servicesOf(cluster)) {
      const { manifest, ports } = service;
      if (gossip.has(manifest) || ports.every(({ port }) => port === GOSSIP)) continue;
      const kinds = kindsBehind(cluster, service);
      if (kinds.size < 2) continue;
      yield {
        place: inManifest(manifest, 'spec', 'selector'),
        message: `${describe(manifest)} selects pods that run different things: ${[...kinds.keys()].toSorted().join(', ')}`,
        help: 'select one role by its label `app.kubernetes.io/component`',
      };
    }
  },
};
