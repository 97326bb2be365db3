import type { Rule } from '../../types.ts';
import { grafanasOf, isOn } from '../../view/grafana-settings.ts';

export const rule: Rule = {
  meta: {
    id: 'open-sign-up',
    family: 'grafana',
    severity: 'warning',
    description: 'Whoever reaches Grafana can make an account.',
    why: 'A stranger becomes a user, who reads what every user may read.',
    source: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#users',
  },
  *cluster(cluster) {
    for (const { setting } of grafanasOf(cluster)) {
      const found = setting('users', 'allow_sign_up');
      if (found === undefined || !isOn(found)) continue;
      yield {
        place: found.place,
        message: 'whoever reaches Grafana can make an account in it',
        help: 'set `allow_sign_up = false` in `[users]`; that of `[auth.generic_oauth]` is another one',
      };
    }
  },
};
