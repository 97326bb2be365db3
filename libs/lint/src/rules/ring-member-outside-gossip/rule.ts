import { describe, matches, strings } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { gossipsOf } from '../../view/gossip.ts';
import { ringMembers, ringsOf } from '../../view/rings.ts';

export const rule: Rule = {
  meta: {
    id: 'ring-member-outside-gossip',
    family: 'rings',
    severity: 'warning',
    description: 'Members of a ring are not among the pods that others join.',
    why: 'Who starts cannot find them; and where network policies go by the same label, they never hear of the ring.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-hash-rings/',
  },
  *cluster(cluster) {
    const gossips = gossipsOf(cluster);
    for (const ring of ringsOf(cluster)) {
      if (ringMembers(ring) < 2) continue;
      for (const program of ring.programs) {
        const gossip = gossips.find(({ config }) => config === program.config);
        const services = gossip?.joins.flatMap(({ service }) => (service === undefined ? [] : [service])) ?? [];
        const { labels, manifest, podPath, name } = program.workload;
        const selectors = services.map(({ body }) => strings(body, 'spec', 'selector'));
        const [service] = services;
        const [selector] = selectors;
        if (service === undefined || selector === undefined) continue;
        if (selectors.some((each) => matches(each, labels))) continue;
        const [key = '', value = ''] = Object.entries(selector).find(([each, wanted]) => labels[each] !== wanted) ?? [];
        yield {
          place: inManifest(manifest, ...podPath.slice(0, -1), 'metadata', 'labels', key),
          message: `the pods of \`${name}\` are members of the ring of ${ring.name}, but ${describe(service)} does not select them`,
          help: `put the label \`${key}: ${value}\` on them`,
        };
      }
    }
  },
};
