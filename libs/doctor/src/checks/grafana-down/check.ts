import { get } from '../../commands.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'grafana-down',
  layer: 'path',
  runbook: 'grafana-down',
  find: ({ facts }) => {
    const { grafana } = facts;
    if (grafana === undefined || (grafana.status === 200 && (grafana.database ?? 'ok') === 'ok')) return [];
    return [
      {
        severity: 'error',
        what: grafana.status === 200 ? "Grafana's database does not answer" : 'Grafana does not answer as it should',
        where: 'observability/StatefulSet/grafana',
        why: [
          `/api/health: ${grafana.status}${grafana.database === undefined ? '' : `, database ${grafana.database}`}`,
        ],
        next: get('pods', 'observability', '-l app.kubernetes.io/name=grafana'),
        about: ['grafana'],
      },
    ];
  },
};
