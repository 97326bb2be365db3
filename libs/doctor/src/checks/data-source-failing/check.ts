import { brief } from '../../containers.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'data-source-failing',
  layer: 'path',
  runbook: 'grafana-data-source-failing',
  find: ({ plan, facts }) =>
    (facts.grafana?.dataSources ?? [])
      .filter(({ ok }) => !ok)
      .map(({ uid, message }) => {
        const metrics = plan.prometheus === undefined ? 'mimir' : 'prometheus';
        const store = uid.startsWith('logs') ? 'loki' : uid.startsWith('traces') ? 'tempo' : metrics;
        return {
          severity: 'error',
          what: `data source ${uid} of Grafana fails`,
          where: `grafana/${uid}`,
          why: [brief(message)],
          next: 'kubectl --namespace=observability logs -l app.kubernetes.io/name=grafana --tail=50',
          about: ['grafana', 'gateway', store],
        };
      }),
};
