import type { Drafted, YamlMap } from '../core/draft.ts';
import { FIRST } from './tenants.ts';

/** Who pushes from outside as whom, and a host that took it before. */
export interface Pushed {
  readonly tenant: string;
  readonly hosts: readonly Drafted[];
  readonly senders: readonly Drafted[];
  readonly host?: string | undefined;
}

export interface PushDraft {
  readonly spec: YamlMap;
  readonly comments: Readonly<Record<string, string>>;
  readonly hosts: readonly Drafted[];
  readonly senders: readonly Drafted[];
  readonly advice: readonly string[];
}

/** What of the cluster file those need who push from outside: tenants with writers, and a way in. */
export function pushDraft(pushed: readonly Pushed[]): PushDraft {
  const tenants = [...new Set(pushed.map(({ tenant }) => tenant))];
  const several = tenants.length > 1;
  const own = (list: readonly Drafted[], tenant: string): readonly Drafted[] =>
    several
      ? list.map((one) => {
          const { name, ...rest } = one.value;
          return { ...one, value: { name, tenant, ...rest } };
        })
      : list;
  const hosts = pushed.flatMap(({ hosts, tenant }) => own(hosts, tenant));
  const senders = pushed.flatMap(({ senders, tenant }) => own(senders, tenant));
  const outside = hosts.length + senders.length > 0;
  const said = tenants.map((name) => {
    const writers = pushed
      .filter(({ tenant }) => tenant === name)
      .flatMap(({ hosts, senders }) => [...hosts, ...senders].map(({ value }) => ({ name: value['writer'] })));
    return { name, ...(writers.length > 0 && { writers }) };
  });
  const plain = !several && !outside && (tenants[0] ?? FIRST) === FIRST;
  const entry = outside ? wayIn(pushed.find(({ host }) => host !== undefined)?.host) : { spec: {}, comments: {} };
  return {
    spec: {
      ...(several && { metrics: { store: 'mimir' } }),
      ...entry.spec,
      ...(!plain && { tenants: said }),
    },
    comments: {
      ...entry.comments,
      ...(several && { 'metrics/store': 'Prometheus as a store keeps no tenants apart' }),
    },
    hosts,
    senders,
    advice: outside ? [ADVICE] : [],
  };
}

const ADVICE =
  'How those who push come in: `exposure`. Its names and its class are guesses; a writer of `tenants` is who they sign in as, with a credential that `npx nx run tools:bootstrap` makes, or that you make with the other Secrets';

/** A way in, of which the draft can only guess. */
function wayIn(host: string | undefined): Pick<PushDraft, 'spec' | 'comments'> {
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
        'To be decided: where those outside push; not the name of before, while that is in use',
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
