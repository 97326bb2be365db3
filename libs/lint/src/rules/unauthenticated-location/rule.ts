import type { Rule } from '../../types.ts';
import { gatewaysOf, type Gateway } from '../../view/nginx-locations.ts';
import { directivesOf, parseNginx, type NginxDirective } from '../../view/nginx.ts';

/** True for a subrequest that asks somebody, or itself answers 401; one that only says who may what knows nobody. */
function knowsPeople({ config, locations }: Gateway, request: NginxDirective | undefined): boolean {
  const path = request?.args[0]?.text;
  if (path === undefined || path === 'off') return false;
  const asked = locations.filter(({ pattern }) => pattern === path);
  // A location of another file, or none: nobody here can say.
  if (asked.length === 0 || asked.some(({ upstream }) => upstream !== undefined)) return true;
  return directivesOf(parseNginx(config.text)).some(
    ({ directive: { name, args }, within }) =>
      name === 'return' &&
      args[0]?.text === '401' &&
      within.some((block) => block.name === 'location' && block.args.at(-1)?.text === path),
  );
}

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
    for (const gateway of gatewaysOf(cluster)) {
      for (const { title, ofPod, upstream, directive, place, at } of gateway.locations) {
        if (ofPod || upstream === undefined) continue;
        const basic = directive('auth_basic');
        const asked = basic !== undefined && basic.args[0]?.text !== 'off';
        if (asked || knowsPeople(gateway, directive('auth_request')) || directive('auth_jwt') !== undefined) continue;
        yield {
          place: basic === undefined ? place : at(basic),
          message: `location \`${title}\` passes requests on to \`${upstream.text}\` and asks nobody who they are`,
          help: 'let `auth_basic` of the server hold here too',
        };
      }
    }
  },
};
