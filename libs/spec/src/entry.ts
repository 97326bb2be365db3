import type { Fault } from './fault.ts';
import type { ClusterSpec } from './schema.ts';

/** What people and programs come in by: host names that lead somewhere, with a certificate, and somebody to sign in as. */
export function entry({ spec }: ClusterSpec): Fault[] {
  return [...hostnames(spec), ...grpc(spec), ...certificates(spec), ...signIn(spec)];
}

type Spec = ClusterSpec['spec'];

function hostnames({ exposure }: Spec): Fault[] {
  if (exposure === undefined) return [];
  const { gateway, grafana } = exposure;
  const faults = (['grafana', 'ingest', 'queries'] as const).flatMap((what): Fault[] => {
    const hostname = exposure[what]?.hostname;
    if (hostname === undefined) return [];
    const path = ['spec', 'exposure', what, 'hostname'];
    if (what !== 'grafana' && hostname === grafana.hostname)
      return [
        {
          id: 'shared-hostname',
          path,
          message: `Grafana and the ${what === 'ingest' ? 'push' : 'query'} gateway cannot share a host name`,
          ...(what === 'queries' && { help: 'it may be the host name of `ingest`, or one of its own' }),
        },
      ];
    return outsideListener(gateway?.hostname, hostname, path);
  });
  return faults;
}

function outsideListener(listener: string | undefined, hostname: string, path: Fault['path']): Fault[] {
  if (listener === undefined || covers(listener, hostname)) return [];
  return [
    {
      id: 'hostname-outside-listener',
      path,
      message: `the Gateway listens for \`${listener}\`, which \`${hostname}\` is not`,
      label: `expected ${expected(listener)}`,
      help: 'it would refuse the route; choose a host name of its listener, or correct `gateway.hostname`',
    },
  ];
}

function grpc({ exposure }: Spec): Fault[] {
  const hostname = exposure?.ingest?.grpcHostname;
  if (exposure === undefined || hostname === undefined) return [];
  const path = ['spec', 'exposure', 'ingest', 'grpcHostname'];
  if (exposure.ingressClass !== undefined)
    return [
      {
        id: 'grpc-by-ingress',
        path,
        atKey: true,
        message: 'an Ingress cannot say that what it leads to speaks gRPC',
        help: 'say `gatewayClass` or `gateway`, for which there is GRPCRoute, or leave it out: OTLP over HTTP comes in at `hostname`',
      },
    ];
  const others = (['grafana', 'ingest', 'queries'] as const).filter((what) => exposure[what]?.hostname === hostname);
  if (others.length > 0)
    return [
      {
        id: 'shared-hostname',
        path,
        message: `gRPC cannot share a host name with \`${others.join('` or `')}\``,
        help: 'choose a name of its own: a Gateway may refuse a GRPCRoute whose host name an HTTPRoute has',
      },
    ];
  return outsideListener(exposure.gateway?.hostname, hostname, path);
}

/** As the Gateway API has it: `*.example.com` is every name below, however deep, and not `example.com` itself. */
function covers(listener: string, hostname: string): boolean {
  return listener.startsWith('*.') ? hostname.endsWith(listener.slice(1)) : hostname === listener;
}

function expected(listener: string): string {
  return listener.startsWith('*.') ? `a name that ends in \`${listener.slice(1)}\`` : `\`${listener}\``;
}

function certificates({ exposure, tls }: Spec): Fault[] {
  const own = exposure?.gatewayClass !== undefined ? 'gatewayClass' : 'ingressClass';
  if (exposure?.[own] === undefined) return [];
  const faults: Fault[] = [];
  if (exposure.tls === undefined)
    faults.push({
      id: 'no-certificate',
      path: ['spec', 'exposure', own],
      atKey: true,
      message: `\`${own}\` needs a certificate for its host names`,
      help: 'add `tls: { issuer: <a ClusterIssuer of cert-manager> }` or `tls: { secret: <a Secret in namespace observability> }`',
    });
  if (own === 'ingressClass' && tls !== undefined)
    faults.push({
      id: 'ingress-to-encrypted',
      path: ['spec', 'exposure', 'ingressClass'],
      atKey: true,
      message: 'an Ingress cannot say that what it leads to speaks TLS, and `tls` makes Grafana and the gateway do so',
      help: 'say `gatewayClass` or `gateway`, for which there is BackendTLSPolicy, or leave `tls` out',
    });
  return faults;
}

/** Groups come from OIDC alone, and with it nobody is let in who is in none of them. */
function signIn({ role, grafana, tenants, readers }: Spec): Fault[] {
  if (role === 'edge') return [];
  const named = [
    ...tenants.flatMap(({ viewers, editors }, index) =>
      Object.entries({ viewers, editors }).map(([key, groups]) => ({ path: ['spec', 'tenants', index, key], groups })),
    ),
    ...readers.map(({ groups }, index) => ({ path: ['spec', 'readers', index, 'groups'], groups })),
  ].filter(({ groups }) => groups.length > 0);
  const { oidc } = grafana;
  if (oidc === undefined)
    return named.map(({ path }) => ({
      id: 'groups-without-oidc',
      path,
      atKey: true,
      message: 'who is in a group is known from OIDC alone, and `grafana` has none',
      help: 'add `grafana: { oidc: … }`, or leave the groups out: then people are let in by hand',
    }));
  if (named.length > 0 || oidc.administrators.length > 0) return [];
  return [
    {
      id: 'nobody-may-sign-in',
      path: ['spec', 'grafana', 'oidc'],
      atKey: true,
      message: 'nobody may sign in: no group is an administrator, and no tenant names viewers or editors',
      help: 'add `administrators: [<a group of the provider>]`, or `viewers` to a tenant',
    },
  ];
}
