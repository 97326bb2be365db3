import { isOf, ringsOf } from '../../rings.ts';
import { ago } from '../../times.ts';
import type { Check } from '../../types.ts';

/** Its pod is there, and sends no heartbeats. */
export const check: Check = {
  id: 'ring-member-unhealthy',
  layer: 'store',
  runbook: 'ring-unhealthy',
  find: (view) =>
    ringsOf(view).flatMap(({ name, component, members, pods, about, next }) =>
      members
        .filter(({ state }) => state === 'UNHEALTHY')
        .filter((member) => pods.some((pod) => isOf(member, pod)))
        .map(({ id, heartbeatAgeSeconds: age }) => ({
          severity: 'error',
          what: `${id} is unhealthy in the ring of ${name}s of ${component}`,
          where: `${component}/ring/${name}/${id}`,
          why: [
            age === undefined ? 'its heartbeats do not arrive' : `its last heartbeat is ${ago(age * 1000)} old`,
            'its pod is there: it cannot reach the others, or is stopped',
          ],
          next,
          about: [about],
        })),
    ),
};
