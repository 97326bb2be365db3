import { ask } from '../../commands.ts';
import { compacts, growthOf, onProgram, portOf, valueOf } from '../../programs.ts';
import { ago } from '../../times.ts';
import type { Check } from '../../types.ts';

/** Loki applies it with a run of its compactor, some hours apart at most. */
const LONG_SECONDS = 24 * 3600;

export const check: Check = {
  id: 'retention-not-applied',
  layer: 'store',
  runbook: 'retention-not-applied',
  find: ({ plan, facts, now }) =>
    (facts.programs ?? []).flatMap((program) => {
      const last = valueOf(program, 'loki_compactor_apply_retention_last_successful_run_timestamp_seconds');
      const started = valueOf(program, 'process_start_time_seconds') ?? Number.NaN;
      const running = valueOf(program, 'loki_boltdb_shipper_compactor_running') === 1;
      const age = now / 1000 - Math.max(last ?? Number.NaN, started);
      const errors = growthOf(program, 'tempodb_retention_errors_total').length > 0;
      if (!compacts(plan, program) || (!(running && age > LONG_SECONDS) && !errors)) return [];
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `${program.pod} does not delete what is old`,
          why: [
            errors
              ? 'deleting failed while the doctor looked'
              : `retention was applied last ${ago(age * 1000)} ago, if ever`,
          ],
          next: ask(program.namespace, program.pod, portOf(plan, program), '/metrics | grep retention'),
        },
      ];
    }),
};
