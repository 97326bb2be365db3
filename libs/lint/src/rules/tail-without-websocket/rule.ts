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
        const { title, header, directive, place } = location;
        const missing = [
          ...(/^(?:websocket|\$http_upgrade)$/i.test(header('Upgrade') ?? '') ? [] : ['the header `Upgrade`']),
          ...(/upgrade/i.test(header('Connection') ?? '') ? [] : ['the header `Connection`']),
          ...(directive('proxy_http_version')?.args[0]?.text === '1.1' ? [] : ['HTTP 1.1']),
        ];
        if (missing.length === 0) continue;
        yield {
          place,
          message: `location \`${title}\` tails logs and lacks ${missing.join(' and ')}`,
          help: 'write `proxy_http_version 1.1;`, `proxy_set_header Upgrade websocket;` and `proxy_set_header Connection upgrade;`',
        };
      }
    }
  },
};
