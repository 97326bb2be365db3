import { isReady } from '../../pods.ts';
import { isOf, ringsOf } from '../../rings.ts';
import type { Check } from '../../types.ts';

/** To hand over or to flush what it holds takes a member some minutes. */
const LONG_MS = 15 * 60_000;
const ON_THE_WAY = new Set(['LEAVING', 'JOINING', 'PENDING']);

/** Its pod is ready and stays, and the ring has it as one that comes or goes. */
export const check: Check = {
  id: 'ring-member-leaving',
  layer: 'store',
  runbook: 'ring-ghost-members',
  find: (view) =>
    ringsOf(view).flatMap(({ name, component, members, pods, about, next }) =>
      members
        .filter(({ state }) => ON_THE_WAY.has(state))
        .flatMap((member) => {
          const pod = pods.find((one) => isOf(member, one));
          const age = view.now - Date.parse(pod?.metadata.creationTimestamp ?? '');
          if (pod === undefined || !isReady(pod) || !(age > LONG_MS)) return [];
          return [
            {
              severity: 'error' as const,
              what: `${member.id} stays ${member.state} in the ring of ${name}s of ${component}`,
              where: `${component}/ring/${name}/${member.id}`,
              why: ['its pod is ready and nobody deletes it', 'nothing is written to a member in that state'],
              next,
              about: [about],
            },
          ];
        }),
    ),
};
