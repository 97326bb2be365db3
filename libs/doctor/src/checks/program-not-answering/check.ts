import { ask, logs } from '../../commands.ts';
import { brief } from '../../containers.ts';
import { onProgram, portOf } from '../../programs.ts';
import type { AnswerFault } from '../../facts.ts';
import type { Check } from '../../types.ts';

const SAYS: Readonly<Record<AnswerFault['kind'], string>> = {
  hangs: 'does not answer in time',
  refused: 'refuses connections',
  status: 'answers with an error of its own',
  garbage: 'answers with what cannot be read',
};

/** Its pod runs, and its pages do not say what they should. */
export const check: Check = {
  id: 'program-not-answering',
  layer: 'store',
  runbook: 'store-down',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const { namespace, pod, role, faults = [] } = program;
      const worst = (['hangs', 'refused', 'status', 'garbage'] as const).find((kind) =>
        faults.some((fault) => fault.kind === kind),
      );
      if (worst === undefined) return [];
      const own = faults.filter(({ kind }) => kind === worst);
      return [
        {
          ...onProgram(program),
          severity: worst === 'garbage' ? ('warning' as const) : ('error' as const),
          what: `${pod} ${SAYS[worst]}`,
          why: faults.slice(0, 5).map(({ path, detail }) => `${path}: ${brief(detail)}`),
          next:
            worst === 'refused'
              ? logs({ metadata: { namespace, name: pod } }, role)
              : ask(namespace, pod, portOf(plan, program), own[0]?.path ?? '/'),
        },
      ];
    }),
};
