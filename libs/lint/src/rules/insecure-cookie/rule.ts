import type { Rule } from '../../types.ts';
import { grafanasOf, isOn } from '../../view/grafana-settings.ts';

export const rule: Rule = {
  meta: {
    id: 'insecure-cookie',
    family: 'grafana',
    severity: 'warning',
    description: 'Grafana is opened over https, and sends its session over http too.',
    why: 'One link with `http://` is enough for somebody on the way to read the cookie, and to be that user.',
    source: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/configure-security-hardening/',
  },
  *cluster(cluster) {
    for (const { setting } of grafanasOf(cluster)) {
      const root = setting('server', 'root_url');
      const secure = setting('security', 'cookie_secure');
      if (root?.value?.startsWith('https://') !== true || isOn(secure)) continue;
      if (secure !== undefined && secure.value === undefined) continue;
      yield {
        place: secure?.place ?? root.place,
        message: `Grafana is opened at \`${root.value}\`, and its session cookie goes over http too`,
        help: 'set `cookie_secure = true` in `[security]`',
      };
    }
  },
};
