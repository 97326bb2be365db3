import type { Plan } from '@lgtm-fleet/plan';
import type { Section } from '../section.ts';

/** Who of a pair that sends the same is taken; distributors agree on it by gossip. Nothing where nobody is a pair. */
export function haTracker({ tenants }: Plan): Section {
  if (tenants.every(({ pair }) => pair === undefined)) return { value: {}, comments: {} };
  return {
    value: { distributor: { ha_tracker: { enable_ha_tracker: true, kvstore: { store: 'memberlist' } } } },
    comments: {
      'distributor/ha_tracker':
        'spec.ingest.senders: of each pair one is taken until it is silent for half a minute, by the labels in overrides.yaml',
    },
  };
}
