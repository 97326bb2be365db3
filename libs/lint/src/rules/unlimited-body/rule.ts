import type { NginxDirective } from '../../view/nginx.ts';
import type { Rule } from '../../types.ts';
import { gatewaysOf, locationFor } from '../../view/nginx-locations.ts';

export const rule: Rule = {
  meta: {
    id: 'unlimited-body',
    family: 'tenancy',
    severity: 'warning',
    description: 'The gateway takes requests of any size.',
    why: "One client with one request fills the gateway's disk or memory, and everybody's pushes wait behind it.",
    source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
  },
  *cluster(cluster) {
    for (const gateway of gatewaysOf(cluster)) {
      // Blocks are as large as they are, and pass through without being kept.
      const upload = locationFor(gateway, '/api/v1/upload/block/01HZ/files');
      const said = new Set<NginxDirective>();
      for (const location of gateway.locations) {
        const limit = location.directive('client_max_body_size');
        if (location.upstream === undefined || location === upload || limit === undefined || said.has(limit)) continue;
        if (!/^0[kmg]?$/i.test(limit.args[0]?.text ?? '')) continue;
        said.add(limit);
        yield {
          place: location.at(limit),
          message: `location \`${location.title}\` takes requests of any size`,
          help: 'give a limit somewhat above the largest push that the store accepts',
        };
      }
    }
  },
};
