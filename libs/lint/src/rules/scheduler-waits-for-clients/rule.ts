import { get } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import type { Address } from '../../view/addresses.ts';
import { destinationsOf } from '../../view/destinations.ts';
import type { Service } from '../../view/services.ts';

export const rule: Rule = {
  meta: {
    id: 'scheduler-waits-for-clients',
    family: 'rings',
    severity: 'error',
    description: 'Query-schedulers are found by a name that keeps those that are about to end.',
    why: 'A scheduler that is told to end waits until nobody holds a stream to it, and query-frontends and queriers hold theirs until its address is gone from the name. So neither goes first: each pod ends only when its grace period is over, twenty minutes of a Mimir that sends no heartbeats, and a rolling update of three takes an hour.',
    source: 'https://grafana.com/docs/mimir/latest/references/architecture/components/query-scheduler/',
  },
  *cluster(cluster) {
    for (const { address, service } of destinationsOf(cluster)) {
      if (service === undefined || !/(^|\.)scheduler_address$/.test(address.key)) continue;
      const label = keepsEnding(service);
      if (label === undefined) continue;
      yield {
        place: address.place,
        message: `\`${address.key}\` finds query-schedulers by Service \`${service.name}\`, which keeps the address of one that ends`,
        label,
        help: `name a headless Service without \`publishNotReadyAddresses\`, or let schedulers be found by their ring: \`query_scheduler.${byRing(address)}\``,
      };
    }
  },
};

function keepsEnding({ headless, manifest }: Service): string | undefined {
  if (get(manifest.body, 'spec', 'publishNotReadyAddresses') === true) return 'it publishes pods that are not ready';
  return headless ? undefined : 'it has one address for all';
}

function byRing({ programs }: Address): string {
  return programs.some(({ name }) => name === 'loki') ? 'use_scheduler_ring: true' : 'service_discovery_mode: ring';
}
