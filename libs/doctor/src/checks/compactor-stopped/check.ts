import { ask } from '../../commands.ts';
import { compacts, growthOf, onProgram, portOf, valueOf } from '../../programs.ts';
import { ago } from '../../times.ts';
import type { ProgramFacts } from '../../facts.ts';
import type { Check } from '../../types.ts';

/** The last run that ended well, how often there is one, and how long after its start the first may take. */
const RUNS = [
  {
    metric: 'cortex_compactor_last_successful_run_timestamp_seconds',
    interval: 'cortex_compactor_compaction_interval_seconds',
    usualSeconds: 3600,
  },
  {
    metric: 'loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds',
    usualSeconds: 600,
  },
] as const;
/** A run over many tenants takes several intervals. */
const INTERVALS = 3;
const LEAST_SECONDS = 3600;

export const check: Check = {
  id: 'compactor-stopped',
  layer: 'store',
  runbook: 'compactor-stuck',
  find: ({ plan, facts, now }) =>
    (facts.programs ?? []).flatMap((program) => {
      if (!compacts(plan, program)) return [];
      const why = [...late(program, now / 1000), ...failing(program)];
      if (why.length === 0) return [];
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `the compactor in ${program.pod} does not advance`,
          why,
          next: ask(program.namespace, program.pod, portOf(plan, program), '/metrics | grep compact'),
        },
      ];
    }),
};

function late(program: ProgramFacts, now: number): readonly string[] {
  // A replica that is not the one that compacts has no runs.
  if (valueOf(program, 'loki_boltdb_shipper_compactor_running') === 0) return [];
  return RUNS.flatMap(({ metric, usualSeconds, ...run }) => {
    const last = valueOf(program, metric);
    const started = valueOf(program, 'process_start_time_seconds');
    if (last === undefined || started === undefined) return [];
    const every = ('interval' in run ? valueOf(program, run.interval) : undefined) ?? usualSeconds;
    const age = now - Math.max(last, started);
    if (age < Math.max(LEAST_SECONDS, every * INTERVALS)) return [];
    return [
      last === 0
        ? `no run has ended well in the ${ago(age * 1000)} since it started`
        : `the last run that ended well was ${ago((now - last) * 1000)} ago`,
    ];
  });
}

function failing(program: ProgramFacts): readonly string[] {
  const failed = growthOf(program, 'cortex_compactor_runs_failed_total').filter(
    ({ labels }) => labels['reason'] === 'error',
  );
  const errors = growthOf(program, 'tempodb_compaction_errors_total');
  return [
    ...(failed.length > 0 ? ['a run has failed while the doctor looked'] : []),
    ...(errors.length > 0 ? ['blocks could not be compacted while the doctor looked'] : []),
  ];
}
