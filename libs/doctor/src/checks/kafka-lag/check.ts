import { ask } from '../../commands.ts';
import { onProgram, portOf, samplesOf } from '../../programs.ts';
import type { Check } from '../../types.ts';

/** Queries of the last minutes miss what is not consumed yet. */
const LONG_SECONDS = 300;

export const check: Check = {
  id: 'kafka-lag',
  layer: 'store',
  runbook: 'kafka-lag',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const behind = samplesOf(program, 'tempo_ingest_group_partition_lag_seconds').filter(
        ({ value }) => value > LONG_SECONDS,
      );
      const delay =
        (total(program, 'cortex_ingest_storage_reader_receive_delay_seconds_sum') ?? 0) /
        (total(program, 'cortex_ingest_storage_reader_receive_delay_seconds_count') ?? 1);
      if (behind.length === 0 && !(delay > LONG_SECONDS)) return [];
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `${program.pod} is behind what is in Kafka`,
          why: [
            ...behind
              .slice(0, 5)
              .map(({ labels, value }) => `partition ${labels['partition'] ?? ''}: ${value.toFixed(0)} s behind`),
            ...(delay > LONG_SECONDS ? [`what it reads now is ${delay.toFixed(0)} s old`] : []),
          ],
          next: ask(program.namespace, program.pod, portOf(plan, program), '/metrics | grep lag'),
          about: [...onProgram(program).about, 'kafka'],
        },
      ];
    }),
};

/** What was added between the two readings; the averages of all time would hide what is now. */
function total(program: Parameters<typeof samplesOf>[0], name: string): number | undefined {
  const [before, after] = [program.metrics, program.later].map((list) => {
    const own = (list ?? []).filter((one) => one.name === name);
    return own.length === 0 ? undefined : own.reduce((sum, { value }) => sum + value, 0);
  });
  if (before === undefined || after === undefined || after <= before) return undefined;
  return after - before;
}
