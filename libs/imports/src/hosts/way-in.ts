import type { YamlMap } from '../core/draft.ts';

export const WAY_IN =
  'How those who push come in: `exposure`. Its names and its class are guesses; a writer of `tenants` is who they sign in as, with a credential that `npx nx run tools:bootstrap` makes, or that you make with the other Secrets';

/** A way in for those who push from outside, of which a draft can only guess; `host` took it before. */
export function wayIn(host?: string): {
  readonly spec: YamlMap;
  readonly comments: Readonly<Record<string, string>>;
} {
  const domain = domainOf(host) ?? 'example.com';
  return {
    spec: {
      exposure: {
        gatewayClass: 'envoy',
        tls: { issuer: 'letsencrypt' },
        grafana: { hostname: `grafana.${domain}` },
        ingest: { hostname: `telemetry.${domain}` },
      },
    },
    comments: {
      'exposure/gatewayClass':
        'To be decided: the GatewayClass of the cluster; or an existing `gateway`, or an `ingressClass`',
      'exposure/tls/issuer': 'To be decided: a ClusterIssuer of cert-manager; or the `secret` of a certificate',
      'exposure/grafana/hostname': 'To be decided: where people open Grafana',
      'exposure/ingest/hostname':
        host === undefined
          ? 'To be decided: where those outside push'
          : 'To be decided: where those outside push; not the name of before, while that is in use',
    },
  };
}

const HOSTNAME = /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
/** Names inside of something, and of somebody else's. */
const NOT_OURS = /\.(?:svc|local|internal|cluster|localhost)(?:\.|$)|(?:^|\.)grafana\.net$/;

/** The domain that a host is in: `example.com` of `logs.example.com`. */
function domainOf(host: string | undefined): string | undefined {
  const domain = host?.split('.').slice(1).join('.') ?? '';
  return domain.includes('.') && domain.length < 200 && HOSTNAME.test(domain) && !NOT_OURS.test(host ?? '')
    ? domain
    : undefined;
}
