import { ask } from '../../commands.ts';
import { onProgram, portOf } from '../../programs.ts';
import type { Check } from '../../types.ts';

/** One part of the process has ended, and the process goes on without it. */
export const check: Check = {
  id: 'service-failed',
  layer: 'store',
  runbook: 'store-down',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const failed = (program.services ?? []).filter(({ state }) => state === 'Failed');
      if (failed.length === 0) return [];
      const { namespace, pod, component } = program;
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `${failed.map(({ name }) => name).join(', ')} of ${pod} has failed`,
          why: ['the process goes on without it'],
          next: ask(namespace, pod, portOf(plan, program), component === 'tempo' ? '/status/services' : '/services'),
        },
      ];
    }),
};
