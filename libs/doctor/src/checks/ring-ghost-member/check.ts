import { isOf, ringsOf } from '../../rings.ts';
import { ago } from '../../times.ts';
import type { Check } from '../../types.ts';

/** A pod that has just gone has left the ring, or leaves it, within this. */
const GRACE_SECONDS = 120;

/** It has no pod any more, and the ring still counts on it. */
export const check: Check = {
  id: 'ring-ghost-member',
  layer: 'inputs',
  runbook: 'ring-ghost-members',
  find: (view) =>
    ringsOf(view).flatMap(({ name, component, members, pods, about, next }) => {
      // Without a list of pods everybody would be a ghost.
      if (view.live('Pod') === undefined) return [];
      const planned = plannedNames(view, component);
      return members
        .filter((member) => !pods.some((pod) => isOf(member, pod)) && !planned.has(member.id))
        .filter(({ heartbeatAgeSeconds: age }) => age === undefined || age > GRACE_SECONDS)
        .map(({ id, state, address, heartbeatAgeSeconds: age }) => ({
          severity: 'error',
          what: `${id} is in the ring of ${name}s of ${component}, and there is no such pod`,
          where: `${component}/ring/${name}/${id}`,
          why: [
            `its state is ${state} at ${address}${age === undefined ? '' : `, its last heartbeat ${ago(age * 1000)} old`}`,
            `pods of that role: ${pods.map(({ metadata }) => metadata.name).join(', ') || 'none'}`,
          ],
          next,
          about: [about],
        }));
    }),
};

/** A pod that should be there and is not is missing, and no ghost: it comes back under its name. */
function plannedNames(view: Parameters<Check['find']>[0], component: string): ReadonlySet<string> {
  return new Set(
    view.workloads
      .filter(({ kind, workload }) => kind === 'StatefulSet' && workload.component === component)
      .flatMap(({ name, workload }) => Array.from({ length: workload.replicas }, (_, index) => `${name}-${index}`)),
  );
}
