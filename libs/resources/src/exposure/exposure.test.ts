import { plan, type Plan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateway } from '../gateway/resources.ts';
import { gatewayRoutes } from '../gateway/routes.ts';
import { grafana } from '../grafana/resources.ts';
import type { KubernetesObject } from '../types.ts';

interface Match {
  readonly path?: { readonly type: string; readonly value: string };
  readonly method?: { readonly type: string; readonly service: string; readonly method: string };
}

/** What the tests look into; that it is so, the schemas of the kinds say. */
interface Route {
  readonly parentRefs: readonly [{ readonly name: string; readonly namespace?: string; readonly sectionName?: string }];
  readonly hostnames: readonly [string];
  readonly rules: readonly {
    readonly matches: readonly Match[];
    readonly filters?: readonly object[];
    readonly backendRefs?: readonly { readonly name: string }[];
  }[];
}
interface Ingress {
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string }[];
  readonly rules: readonly {
    readonly host: string;
    readonly http: {
      readonly paths: readonly {
        readonly path: string;
        readonly pathType: string;
        readonly backend: { readonly service: { readonly name: string } };
      }[];
    };
  }[];
}
interface Gateway {
  readonly listeners: readonly {
    readonly name: string;
    readonly allowedRoutes: { readonly kinds: readonly { readonly kind: string }[] };
    readonly tls?: { readonly certificateRefs: readonly [{ readonly name: string }] };
  }[];
}
interface Certificate {
  readonly secretName: string;
  readonly dnsNames: readonly string[];
  readonly issuerRef: { readonly name: string };
}
interface Grant {
  readonly from: readonly object[];
  readonly to: readonly object[];
}
const specs = <Spec>(objects: readonly KubernetesObject[], of: string) =>
  objects.filter(({ kind }) => kind === of).map(({ spec }) => spec as unknown as Spec);

function objectsOf(of: Plan): readonly KubernetesObject[] {
  const component = (name: string) => of.components.find((one) => one.name === name)!;
  return [...gateway(of, component('gateway')).objectFiles, ...grafana(of, component('grafana')).objectFiles].flatMap(
    ({ objects }) => objects,
  );
}

/** A way from a host name and a path to a Service. */
interface Opening {
  readonly host: string;
  readonly prefix: boolean;
  readonly path: string;
  readonly service: string | undefined;
  /** The Secret with its certificate; absent where an existing Gateway answers for it. */
  readonly certificate: string | undefined;
}

const PLAIN = 'no certificate';

function openingsOf(objects: readonly KubernetesObject[]): readonly Opening[] {
  const [own] = specs<Gateway>(objects, 'Gateway');
  const ingresses = specs<Ingress>(objects, 'Ingress').flatMap(({ tls, rules }) =>
    rules.flatMap(({ host, http }) =>
      http.paths.map(({ path, pathType, backend }): Opening => ({
        host,
        prefix: pathType === 'Prefix',
        path,
        service: backend.service.name,
        certificate: tls.find(({ hosts }) => hosts.includes(host))?.secretName ?? PLAIN,
      })),
    ),
  );
  const all = (['HTTPRoute', 'GRPCRoute'] as const).flatMap((kind) =>
    specs<Route>(objects, kind).map((route) => ({ kind, ...route })),
  );
  const routes = all.flatMap(({ kind, parentRefs, hostnames, rules }) => {
    const [{ name, namespace, sectionName }] = parentRefs;
    const listener = own?.listeners.find((one) => one.name === sectionName);
    if (namespace === undefined) {
      expect([name, listener?.name]).toEqual(['public', sectionName]);
      expect(listener?.allowedRoutes.kinds.map((allowed) => allowed.kind)).toEqual([kind]);
    }
    const certificate = namespace === undefined ? (listener?.tls?.certificateRefs[0].name ?? PLAIN) : undefined;
    return rules.flatMap(({ matches, backendRefs, filters }) =>
      matches.map(({ path, method }): Opening => ({
        host: hostnames[0],
        prefix: path?.type === 'PathPrefix',
        path: path?.value ?? `/${method?.service ?? ''}/${method?.method ?? ''}`,
        service: filters === undefined ? backendRefs?.[0]?.name : 'redirect',
        certificate,
      })),
    );
  });
  return [...ingresses, ...routes];
}

/** What answers a request: an exact path first, then the longest prefix. */
function answers(openings: readonly Opening[], host: string, path: string): string | undefined {
  const mine = openings.filter((one) => one.host === host && one.service !== 'redirect');
  const exact = mine.find((one) => !one.prefix && one.path === path);
  const prefixes = mine
    .filter((one) => one.prefix)
    .filter((one) => one.path === '/' || path === one.path || path.startsWith(`${one.path}/`))
    .toSorted((left, right) => right.path.length - left.path.length);
  return (exact ?? prefixes[0])?.service;
}

const any = anyCluster.map((cluster) => plan(cluster, { repository: 'https://git.example.com/fleet.git' }));
const anyExposed = any.filter(({ exposure }) => exposure !== undefined);

describe('for every cluster', () => {
  it('exactly the host names that the spec exposes are exposed', () => {
    fc.assert(
      fc.property(any, (of) => {
        const { exposure } = of;
        const wanted = [
          exposure?.grafanaHostname,
          exposure?.ingestHostname,
          exposure?.grpcHostname,
          exposure?.queriesHostname,
        ];
        const found = openingsOf(objectsOf(of)).map(({ host }) => host);
        expect(new Set(found)).toEqual(new Set(wanted.filter((name) => name !== undefined)));
      }),
      { numRuns: 60 },
    );
  });

  it('every host name has a certificate that covers it, or the existing Gateway answers for it', () => {
    fc.assert(
      fc.property(anyExposed, (of) => {
        const objects = objectsOf(of);
        const certificates = specs<Certificate>(objects, 'Certificate');
        const { entry, tls } = of.exposure!;
        for (const { host, certificate, service } of openingsOf(objects)) {
          if (service === 'redirect') expect(certificate).toBe(PLAIN);
          else if (entry.kind === 'gateway') expect(certificate).toBeUndefined();
          else if (tls!.kind === 'secret') expect(certificate).toBe(tls!.name);
          else
            expect(certificates.filter(({ secretName }) => secretName === certificate)).toMatchObject([
              { dnsNames: expect.arrayContaining([host]), issuerRef: { name: tls!.name } },
            ]);
        }
        // Where the Gateway of another namespace uses a Secret of this one, it may, and nobody else.
        const grants = specs<Grant>(objects, 'ReferenceGrant');
        expect(grants.length).toBe(entry.kind === 'gateway' && tls !== undefined ? 1 : 0);
        for (const { from, to } of grants) {
          expect(from).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'gateways' }]);
          expect(to).toEqual([
            { group: '', kind: 'Secret', name: tls!.kind === 'secret' ? tls!.name : certificates[0]!.secretName },
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a push is taken where pushes are exposed, a query where queries are, and neither where they are not', () => {
    fc.assert(
      fc.property(anyExposed, (of) => {
        const openings = openingsOf(objectsOf(of));
        const { ingestHostname: ingest, queriesHostname: queries, grafanaHostname } = of.exposure!;
        for (const host of new Set([ingest, queries].filter((name) => name !== undefined))) {
          for (const path of ['/api/v1/push', '/loki/api/v1/push', '/otlp/v1/traces'])
            expect(answers(openings, host, path), path).toBe(host === ingest ? 'gateway' : undefined);
          for (const path of [
            '/prometheus/api/v1/query_range',
            '/prometheus/api/v1/label/job/values',
            '/loki/api/v1/tail',
            '/loki/api/v1/rules/team/group',
            '/tempo/api/v2/traces/4bf92f3577b34da6a3ce929d0e0e4736',
          ])
            expect(answers(openings, host, path), path).toBe(host === queries ? 'gateway' : undefined);
          for (const path of ['/', '/metrics', '/config', '/flush', '/ingester/shutdown', '/loki/config'])
            expect(answers(openings, host, path), path).toBeUndefined();
        }
        expect(answers(openings, grafanaHostname, '/login')).toBe('grafana');
        // No other path of the gateway, and none of Grafana's metrics, at Grafana's host name.
        expect(['gateway', undefined]).toContain(answers(openings, grafanaHostname, '/metrics'));
        for (const { host, service, path } of openings)
          if (host === grafanaHostname && service === 'gateway') expect(path).toBe('/metrics');
      }),
      { numRuns: 60 },
    );
  });

  it('OTLP is taken by gRPC at a host name of its own, and nothing else there', () => {
    fc.assert(
      fc.property(anyExposed, (of) => {
        const openings = openingsOf(objectsOf(of));
        const { grpcHostname } = of.exposure!;
        const there = openings.filter(({ host, service }) => host === grpcHostname && service !== 'redirect');
        expect(there.map(({ path, prefix, service }) => [path, prefix, service])).toEqual(
          grpcHostname === undefined
            ? []
            : ['logs.v1.LogsService', 'metrics.v1.MetricsService', 'trace.v1.TraceService'].map((service) => [
                `/opentelemetry.proto.collector.${service}/Export`,
                false,
                'gateway',
              ]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('what is closed at an Ingress leads to a path that the gateway does not pass on', () => {
    fc.assert(
      fc.property(anyExposed, (of) => {
        for (const { match } of gatewayRoutes(of))
          for (const path of ['/metrics', '/metrics/', '/metrics/x'])
            expect('exact' in match ? match.exact === path : new RegExp(match.shape, 'u').test(path)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it('whoever is led to a pod may reach it, and nobody else from outside', () => {
    fc.assert(
      fc.property(any, (of) => {
        const led = new Set(openingsOf(objectsOf(of)).flatMap(({ service }) => service ?? []));
        const reached = of.connections.flatMap(({ from, to }) =>
          from.kind === 'outside' && from.name === 'public-gateway' && to.kind === 'pods' ? [to.component] : [],
        );
        led.delete('redirect');
        expect(new Set<string>(reached)).toEqual(led);
      }),
      { numRuns: 60 },
    );
  });

  it('stays within what the Gateway API takes', () => {
    fc.assert(
      fc.property(anyExposed, (of) => {
        for (const { rules } of specs<Route>(objectsOf(of), 'HTTPRoute')) {
          expect(rules.length).toBeLessThanOrEqual(16);
          for (const { matches } of rules) expect(matches.length).toBeLessThanOrEqual(64);
          expect(rules.reduce((sum, { matches }) => sum + matches.length, 0)).toBeLessThan(128);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('TLS behind the Gateway', () => {
  const encrypted = (of: Plan): Plan => ({ ...of, tls: { issuer: 'internal' } });
  const policies = (of: Plan) => objectsOf(of).filter(({ kind }) => kind === 'BackendTLSPolicy');

  it('is checked for each Service that is exposed', () => {
    expect(policies(examplePlan('prod-eu'))).toEqual([]);
    expect(policies(encrypted(examplePlan('prod-eu'))).map(({ spec }) => spec)).toEqual(
      ['gateway', 'grafana'].map((name) => ({
        targetRefs: [{ group: '', kind: 'Service', name }],
        validation: {
          caCertificateRefs: [{ group: '', kind: 'Secret', name: 'internal-ca' }],
          hostname: `${name}.observability.svc.cluster.local`,
        },
      })),
    );
    expect(policies(encrypted(examplePlan('startup'))).map(({ metadata }) => metadata.name)).toEqual(['grafana']);
    expect(policies(encrypted(examplePlan('home-lab')))).toEqual([]);
  });
});
