import { brief } from '../../containers.ts';
import { subject } from '../../subjects.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'rules-failing',
  layer: 'store',
  runbook: 'ruler-failing',
  find: ({ plan, facts }) =>
    (facts.rules ?? [])
      .filter(({ health }) => health === 'err')
      .map(({ tenant, signal, group, name, error }) => {
        const store = signal === 'logs' ? 'loki' : plan.prometheus === undefined ? 'mimir' : 'prometheus';
        return {
          severity: 'error',
          what: `rule ${name} of ${tenant} fails`,
          where: `${tenant}/rules/${group}`,
          why: [brief(error ?? 'the ruler gives no reason')],
          next: `kubectl --namespace=observability logs -l app.kubernetes.io/name=${store} --tail=50`,
          about: [subject(store, 'ruler'), store],
        };
      }),
};
