import { get } from '../../commands.ts';
import { growthOf, onProgram } from '../../programs.ts';
import { subject } from '../../subjects.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'cache-failing',
  layer: 'store',
  runbook: 'cache-down',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      // What is not in the cache is no failure of it.
      const failures = growthOf(program, 'thanos_memcached_operation_failures_total').filter(
        ({ labels }) => !['not-found', 'not-stored'].includes(labels['reason'] ?? ''),
      );
      if (failures.length === 0) return [];
      const { component, namespace, pod } = program;
      const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
      const caches = workloads
        .filter(({ role }) => /(?:^|-)cache$/.test(role))
        .map(({ role }) => subject(component, role));
      return [
        {
          ...onProgram(program),
          severity: 'warning' as const,
          what: `requests of ${pod} to a cache fail`,
          why: failures
            .slice(0, 5)
            .map(
              ({ labels, value }) =>
                `${value} of ${labels['operation'] ?? 'some operation'}: ${labels['reason'] ?? 'no reason given'}`,
            ),
          next: get('pods', namespace, `-l app.kubernetes.io/name=${component}`),
          about: [...onProgram(program).about, ...caches],
        },
      ];
    }),
};
