import { fqdn } from '../addresses.ts';
import { TLS_FOLDER } from '../tls.ts';
import type { Emit, ObjectFile } from '../types.ts';
import { nginxConf } from './config.ts';
import { httpRoute } from './http-route.ts';
import { gatewayRoutes } from './routes.ts';

/** As the base says it: the port of Service and container, and where its volumes are mounted. */
const PORT = 8080;
const PASSWORD_FILE = '/etc/gateway-credentials/htpasswd';

/**
 * `nginx.conf`: who a request's tenant is and which store answers it; and, where the spec exposes it,
 * the route by which edges and outsiders push.
 *
 * @throws Error when the connection graph lacks an edge that a route needs.
 */
export const gateway: Emit = (plan) => {
  const routes = gatewayRoutes(plan);
  const text = nginxConf(routes, {
    listen: String(PORT),
    resolver: fqdn(plan, 'kube-dns', 'kube-system'),
    passwordFile: PASSWORD_FILE,
    tmp: '/tmp',
    ...(plan.tls !== undefined && { tls: TLS_FOLDER }),
  });
  const pushes = routes.flatMap(({ traffic, match }) => (traffic === 'push' && 'exact' in match ? [match.exact] : []));
  const hostname = plan.exposure?.ingestHostname;
  const objectFiles: readonly ObjectFile[] =
    plan.exposure?.entry.kind !== 'gateway' || hostname === undefined
      ? []
      : [
          {
            name: 'http-route.yaml',
            why: 'spec.exposure.ingest: pushes, and only pushes, come in from outside. TLS ends at the Gateway.',
            objects: [httpRoute(plan.exposure.entry, { name: 'gateway', hostname, port: PORT, paths: pushes })],
          },
        ];
  return {
    configFiles: [{ name: 'nginx.conf', configMap: 'gateway-config', hashed: true, form: 'text', text, comment: '#' }],
    objectFiles,
    patchFiles: [],
  };
};
