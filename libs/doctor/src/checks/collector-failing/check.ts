import { logs } from '../../commands.ts';
import { growthOf, onProgram } from '../../programs.ts';
import type { Check } from '../../types.ts';

const LOST = {
  prometheus_remote_storage_samples_failed_total: 'samples',
  loki_write_dropped_entries_total: 'lines',
  otelcol_exporter_send_failed_spans_total: 'spans',
} as const;

/** What is refused for good is gone; what is tried again is no failure. */
export const check: Check = {
  id: 'collector-failing',
  layer: 'path',
  runbook: 'collector-dropping',
  find: ({ facts }) =>
    (facts.programs ?? []).flatMap((program) =>
      Object.entries(LOST).flatMap(([counter, what]) => {
        const lost = growthOf(program, counter).reduce((sum, { value }) => sum + value, 0);
        if (lost === 0 || !program.component.startsWith('alloy')) return [];
        const { namespace, pod, component } = program;
        return [
          {
            ...onProgram(program),
            severity: 'error' as const,
            what: `${pod} loses ${what}`,
            why: [`${lost.toFixed(0)} within ${(program.secondsBetween ?? 0).toFixed(0)} s`],
            next: logs({ metadata: { namespace, name: pod } }, component),
            about: [...onProgram(program).about, 'gateway'],
          },
        ];
      }),
    ),
};
