import type { Rule } from '../../types.ts';
import { gatewaysOf } from '../../view/nginx-locations.ts';

export const rule: Rule = {
  meta: {
    id: 'unauthenticated-location',
    family: 'tenancy',
    severity: 'error',
    description: 'The gateway passes requests on to a store without asking who sends them.',
    why: 'Everybody who reaches the gateway reads and writes there, and with an empty user no tenant is named.',
    source: 'https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html',
  },
  *cluster(cluster) {
    for (const { locations } of gatewaysOf(cluster)) {
      for (const { title, upstream, directive, place, at } of locations) {
        if (upstream === undefined) continue;
        const basic = directive('auth_basic');
        const asked = basic !== undefined && basic.args[0]?.text !== 'off';
        if (asked || directive('auth_request') !== undefined || directive('auth_jwt') !== undefined) continue;
        yield {
          place: basic === undefined ? place : at(basic),
          message: `location \`${title}\` passes requests on to \`${upstream.text}\` and asks nobody who they are`,
          help: 'let `auth_basic` of the server hold here too',
        };
      }
    }
  },
};
