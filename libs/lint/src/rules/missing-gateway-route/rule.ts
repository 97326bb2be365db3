import type { Rule } from '../../types.ts';
import { gatewayRequests } from '../../view/gateway-requests.ts';
import { gatewaysOf, locationFor, type Location } from '../../view/nginx-locations.ts';

function passed(location: Location | undefined): string {
  return location === undefined ? 'no location passes on' : `\`location ${location.title}\` does not pass on`;
}

function raise(): never {
  throw new Error('a gateway has a location');
}

export const rule: Rule = {
  meta: {
    id: 'missing-gateway-route',
    family: 'tenancy',
    severity: 'error',
    description: 'A client asks the gateway for a path that it does not pass on.',
    why: 'The client gets 404: pushes are dropped, and panels stay empty.',
    source: 'https://grafana.com/docs/mimir/latest/references/http-api/',
  },
  *cluster(cluster) {
    for (const gateway of gatewaysOf(cluster)) {
      const lost = new Map<string, string>();
      for (const { path, who } of gatewayRequests(cluster, gateway)) {
        const location = locationFor(gateway, path);
        if (location?.upstream !== undefined || lost.has(path)) continue;
        lost.set(path, who);
        yield {
          place: location?.place ?? gateway.locations[0]?.place ?? raise(),
          message: `${who} asks the gateway for \`${path}\`, which ${passed(location)}`,
          help: 'add a location for it, with the Service that answers',
        };
      }
    }
  },
};
