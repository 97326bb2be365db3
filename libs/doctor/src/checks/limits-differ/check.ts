import { ask } from '../../commands.ts';
import { differences } from '../../differences.ts';
import { plannedLimits, type Limits } from '../../limits.ts';
import { onProgram, portOf } from '../../programs.ts';
import type { Check } from '../../types.ts';

const LIMITS_PAGE: Readonly<Record<string, string>> = {
  loki: '/config/tenant/v1/limits',
  mimir: '/runtime_config?mode=diff',
};

/** The kubelet brings a changed file within two minutes, and programs read it again every ten seconds. */
export const check: Check = {
  id: 'limits-differ',
  layer: 'store',
  runbook: 'writes-rate-limited',
  find: (view) =>
    (view.facts.programs ?? []).flatMap((program) => {
      const wanted = plannedLimits(view, program.component);
      if (program.limits === undefined || wanted === undefined) return [];
      const found = differences(shownOf(wanted, program.limits), program.limits);
      if (found.length === 0) return [];
      return [
        {
          ...onProgram(program),
          severity: 'error' as const,
          what: `${program.pod} does not have the limits of ${[...new Set(found.map(({ path }) => path.split('.')[0]))].join(', ')}`,
          why: found.slice(0, 5).map(({ path, planned, live }) => `${path} is ${live}; git says ${planned}`),
          next: ask(program.namespace, program.pod, portOf(view.plan, program), LIMITS_PAGE[program.component] ?? '/'),
        },
      ];
    }),
};

/** Loki shows a part of its limits only; a tenant that it does not know has none. */
function shownOf(wanted: Limits, shown: Limits): Limits {
  return Object.fromEntries(
    Object.entries(wanted).map(([tenant, limits]) => {
      const own = shown[tenant];
      return [
        tenant,
        own === undefined ? limits : Object.fromEntries(Object.entries(limits).filter(([key]) => key in own)),
      ];
    }),
  );
}
