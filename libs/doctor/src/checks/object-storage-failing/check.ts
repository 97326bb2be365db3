import { logs } from '../../commands.ts';
import { growthOf, onProgram } from '../../programs.ts';
import { subject } from '../../subjects.ts';
import type { Check } from '../../types.ts';

const FAILURES = ['thanos_objstore_bucket_operation_failures_total', 'loki_objstore_bucket_operation_failures_total'];

/** To ask for what is not there yet is no failure, though it counts as one. */
const TELLING = new Set(['upload', 'delete', 'iter', 'list']);

export const check: Check = {
  id: 'object-storage-failing',
  layer: 'store',
  runbook: 'object-storage-refusing',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const failures = FAILURES.flatMap((name) => growthOf(program, name)).filter(({ labels }) =>
        TELLING.has(labels['operation'] ?? ''),
      );
      if (failures.length === 0) return [];
      const own = onProgram(program);
      const inside = plan.components.some(({ name }) => name === 'seaweedfs');
      return [
        {
          ...own,
          severity: 'error' as const,
          what: `requests of ${program.pod} to object storage fail`,
          why: failures
            .slice(0, 5)
            .map(
              ({ labels, value }) =>
                `${value} of ${labels['operation'] ?? 'some operation'} within ${(program.secondsBetween ?? 0).toFixed(0)} s`,
            ),
          next: logs({ metadata: { namespace: program.namespace, name: program.pod } }, program.role),
          about: [...own.about, subject('object-storage'), ...(inside ? [subject('seaweedfs')] : [])],
        },
      ];
    }),
};
