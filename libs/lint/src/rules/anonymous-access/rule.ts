import type { Rule } from '../../types.ts';
import { grafanasOf, isOn } from '../../view/grafana-settings.ts';

export const rule: Rule = {
  meta: {
    id: 'anonymous-access',
    family: 'grafana',
    severity: 'warning',
    description: 'Grafana shows its dashboards to everybody.',
    why: 'Whoever reaches its address reads what the data sources know: names of hosts, of users in logs, of customers in traces.',
    source:
      'https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/anonymous-auth/',
  },
  *cluster(cluster) {
    for (const { setting } of grafanasOf(cluster)) {
      const found = setting('auth.anonymous', 'enabled');
      if (found === undefined || !isOn(found)) continue;
      yield {
        place: found.place,
        message: 'whoever reaches Grafana sees it without signing in',
        help: 'set `enabled = false` in `[auth.anonymous]`',
      };
    }
  },
};
