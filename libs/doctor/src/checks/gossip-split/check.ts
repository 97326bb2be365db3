import { ask } from '../../commands.ts';
import { onProgram, portOf, STORES } from '../../programs.ts';
import type { Check } from '../../types.ts';

/** Members of one gossip see different numbers of members: it is cut in two. */
export const check: Check = {
  id: 'gossip-split',
  layer: 'store',
  runbook: 'ring-unhealthy',
  find: ({ plan, facts }) =>
    STORES.flatMap((store) => {
      const members = (facts.programs ?? []).filter(
        ({ component, gossipMembers }) => component === store && gossipMembers !== undefined,
      );
      const most = Math.max(0, ...members.map(({ gossipMembers = 0 }) => gossipMembers));
      // One more or less is a pod that comes or goes.
      const [apart] = members.filter(({ gossipMembers = 0 }) => most - gossipMembers > 1);
      if (apart === undefined) return [];
      return [
        {
          ...onProgram(apart),
          severity: 'error' as const,
          what: `the gossip of ${store} is cut in parts`,
          why: members.map(({ pod, gossipMembers = 0 }) => `${pod} sees ${gossipMembers} members`).slice(0, 8),
          next: ask(apart.namespace, apart.pod, portOf(plan, apart), '/memberlist'),
        },
      ];
    }),
};
