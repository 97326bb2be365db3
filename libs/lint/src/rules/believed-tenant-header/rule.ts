import type { Rule } from '../../types.ts';
import { gatewaysOf } from '../../view/nginx-locations.ts';
import { isClientsOwn } from '../../view/nginx-variables.ts';
import { parseNginx } from '../../view/nginx.ts';
import { keepsTenants } from '../../view/protected.ts';

export const rule: Rule = {
  meta: {
    id: 'believed-tenant-header',
    family: 'tenancy',
    severity: 'error',
    description: 'The gateway passes on the tenant that a client says it is.',
    why: 'Whoever may sign in as one tenant reads and writes as any other, by a header of its own.',
    source: 'https://grafana.com/docs/mimir/latest/manage/secure/authentication-and-authorization/',
  },
  *cluster(cluster) {
    for (const { config, locations } of gatewaysOf(cluster)) {
      const file = parseNginx(config.text);
      for (const { title, ofPod, upstream, service, setter, header, at } of locations) {
        if (ofPod || upstream === undefined || !keepsTenants(cluster, service)) continue;
        const set = header('X-Scope-OrgID');
        if (set !== undefined && !isClientsOwn(file, set.args[1]?.text ?? '')) continue;
        yield {
          place: at(set),
          message: `location \`${title}\` passes on the \`X-Scope-OrgID\` that the client sends`,
          help: `write \`${setter} X-Scope-OrgID\`, with a variable that follows from who has signed in, in it: a location with headers of its own takes none from its server`,
        };
      }
    }
  },
};
