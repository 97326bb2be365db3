import { get } from '../../commands.ts';
import { onProgram } from '../../programs.ts';
import type { Sample } from '../../facts.ts';
import type { Check } from '../../types.ts';

const QUEUES = [
  'cortex_query_scheduler_queue_length',
  'loki_query_scheduler_queue_length',
  'tempo_query_frontend_queue_length',
];
/** One query of a dashboard becomes some dozen, which wait for moments. */
const LONG = 50;

export const check: Check = {
  id: 'query-queue-full',
  layer: 'store',
  runbook: 'query-queue-full',
  find: ({ facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const [first, second] = [waiting(program.metrics), waiting(program.later)];
      if (first < LONG || second < LONG) return [];
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `${second} queries wait in ${program.pod}`,
          why: [`${(program.secondsBetween ?? 0).toFixed(0)} s before there were ${first}`],
          next: get('pods', program.namespace, `-l app.kubernetes.io/name=${program.component}`),
        },
      ];
    }),
};

function waiting(samples: readonly Sample[] = []): number {
  return samples.filter(({ name }) => QUEUES.includes(name)).reduce((sum, { value }) => sum + value, 0);
}
