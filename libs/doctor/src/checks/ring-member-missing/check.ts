import { isReady } from '../../pods.ts';
import { isOf, ringsOf } from '../../rings.ts';
import type { Check } from '../../types.ts';
import { placeOf } from '../../drift.ts';

/** A pod that is ready, and that the others do not know of. */
export const check: Check = {
  id: 'ring-member-missing',
  layer: 'store',
  runbook: 'ring-unhealthy',
  find: (view) =>
    ringsOf(view).flatMap(({ name, component, members, pods, about, next, by }) =>
      pods
        .filter((pod) => isReady(pod) && !members.some((member) => isOf(member, pod)))
        .map(({ metadata }) => ({
          severity: 'error',
          what: `${metadata.name} is not in the ring of ${name}s of ${component}`,
          where: placeOf('Pod', metadata.namespace, metadata.name),
          why: [`${by.pod} sees ${members.length} members: ${members.map(({ id }) => id).join(', ') || 'none'}`],
          next,
          about: [about],
        })),
    ),
};
