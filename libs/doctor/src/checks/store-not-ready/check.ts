import { ask } from '../../commands.ts';
import { brief } from '../../containers.ts';
import { onProgram, portOf } from '../../programs.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'store-not-ready',
  layer: 'workload',
  runbook: 'store-down',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const { namespace, pod, ready, services = [] } = program;
      if (ready === undefined || ready.status < 400) return [];
      const failed = services.filter(({ state }) => !['Running', 'Terminated'].includes(state));
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `${pod} says that it is not ready`,
          why: [
            `${ready.status}: ${brief(ready.text)}`,
            ...failed.slice(0, 5).map(({ name, state }) => `its service ${name} is ${state}`),
          ],
          next: ask(namespace, pod, portOf(plan, program), '/ready'),
        },
      ];
    }),
};
