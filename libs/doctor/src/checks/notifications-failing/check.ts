import { logs } from '../../commands.ts';
import { growthOf, onProgram, samplesOf } from '../../programs.ts';
import type { Sample } from '../../facts.ts';
import type { Check } from '../../types.ts';

/** What could not be told to people, and what could not be told to who tells them. */
const FAILED = ['cortex_alertmanager_notifications_failed_total', 'alertmanager_notifications_failed_total'];
const UNTOLD = ['cortex_prometheus_notifications_errors_total', 'prometheus_notifications_errors_total'];

/** Nobody hears of an alert that fires. */
export const check: Check = {
  id: 'notifications-failing',
  layer: 'store',
  runbook: 'notifications-failing',
  find: ({ facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const refused = samplesOf(program, 'cortex_alertmanager_config_last_reload_successful').filter(
        ({ value }) => value === 0,
      );
      const why = [
        ...refused.map(
          ({ labels }) => `the routes of ${labels['user'] ?? 'a tenant'} were refused when they were read`,
        ),
        ...FAILED.flatMap((name) => growthOf(program, name)).map(
          (one) => `${one.value.toFixed(0)} messages by ${labelOf(one, 'integration')} failed${owner(one)}`,
        ),
        ...UNTOLD.flatMap((name) => growthOf(program, name)).map(
          (one) => `${one.value.toFixed(0)} alerts did not reach ${labelOf(one, 'alertmanager')}${owner(one)}`,
        ),
      ];
      if (why.length === 0) return [];
      const { namespace, pod, role } = program;
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `${pod} cannot tell people of alerts`,
          why: why.slice(0, 5),
          next: logs({ metadata: { namespace, name: pod } }, role),
          about: [...new Set([...onProgram(program).about, 'alertmanager'])],
        },
      ];
    }),
};

function labelOf({ labels }: Sample, name: string): string {
  return labels[name] ?? 'somebody';
}

function owner({ labels }: Sample): string {
  return labels['user'] === undefined ? '' : `, of ${labels['user']}`;
}
