import type { Rule } from '../../types.ts';
import { gatewaysOf, locationFor } from '../../view/nginx-locations.ts';

const TAILS = ['/loki/api/v1/tail', '/loki/loki/api/v1/tail'];

export const rule: Rule = {
  meta: {
    id: 'tail-without-websocket',
    family: 'tenancy',
    severity: 'warning',
    description: 'The gateway does not upgrade connections that tail logs to WebSockets.',
    why: 'Live tailing in Grafana ends at once with an error.',
    source: 'https://nginx.org/en/docs/http/websocket.html',
  },
  *cluster(cluster) {
    for (const gateway of gatewaysOf(cluster)) {
      const tails = new Set(TAILS.map((path) => locationFor(gateway, path)));
      for (const location of tails) {
        if (location?.upstream === undefined) continue;
        const { title, header, directive, at } = location;
        const wanted = [
          { name: '`Upgrade: websocket`', set: header('Upgrade'), value: /^(?:websocket|\$http_upgrade)$/i },
          { name: '`Connection: upgrade`', set: header('Connection'), value: /upgrade/i },
          { name: 'HTTP 1.1', set: directive('proxy_http_version'), value: /^1\.1$/ },
        ];
        const missing = wanted.filter(({ set, value }) => !value.test(set?.args.at(-1)?.text ?? ''));
        if (missing.length === 0) continue;
        // What the server sets for all locations is right for the others.
        const own = missing.find(({ set }) => set !== undefined && location.isOwn(set));
        yield {
          place: at(own?.set),
          message: `location \`${title}\` tails logs without ${missing.map(({ name }) => name).join(' and ')}`,
          help: 'write `proxy_http_version 1.1;`, `proxy_set_header Upgrade websocket;` and `proxy_set_header Connection upgrade;`',
        };
      }
    }
  },
};
