import {
  plan,
  transportsOf,
  type ComponentPlan,
  type Connection,
  type Endpoint,
  type Plan,
  type Workload,
} from '@lgtm-fleet/plan';
import { anyCluster, parseValue } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ciliumPolicies } from './cilium-policies.ts';
import { networkPolicies } from './network-policies.ts';

const fleet = { repository: 'https://git.example.com/fleet.git' };

interface Rule {
  readonly toFQDNs?: readonly { readonly matchName?: string }[];
  readonly toCIDR?: readonly string[];
  readonly toCIDRSet?: readonly { readonly cidr: string; readonly except: readonly string[] }[];
  readonly toEntities?: readonly string[];
  readonly toEndpoints?: readonly unknown[];
  readonly fromEntities?: readonly string[];
  readonly toPorts?: readonly { readonly ports: readonly { readonly port: string; readonly protocol: string }[] }[];
  readonly icmps?: readonly { readonly fields: readonly { readonly family: string; readonly type: number }[] }[];
}

interface Spec {
  readonly egress?: readonly Rule[];
  readonly ingress?: readonly Rule[];
}

/** A cluster of the laws, and the same with policies by name. */
function inCilium(cluster: Parameters<typeof plan>[0]): Plan {
  const { spec } = cluster;
  return plan({ ...cluster, spec: { ...spec, kubernetes: { ...spec.kubernetes, networkPolicies: 'cilium' } } }, fleet);
}

function law(check: (planned: Plan) => void): void {
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      check(inCilium(cluster));
    }),
    { numRuns: 40 },
  );
}

function each(planned: Plan, check: (component: ComponentPlan, workload: Workload, spec: Spec) => void): void {
  for (const component of planned.components) {
    const policies = new Map(
      ciliumPolicies(planned, component).map(({ object }) => [object.metadata.name, object.spec as Spec]),
    );
    for (const workload of component.workloads) check(component, workload, policies.get(workload.name) ?? {});
  }
}

const isOf = ({ component, role }: Workload, end: Endpoint): boolean =>
  end.kind === 'pods' && end.component === component && end.role === role;

/** What a rule lets through, as `TCP/443 name` and so on. */
function lets({
  toFQDNs = [],
  toCIDR = [],
  toCIDRSet = [],
  toEntities = [],
  toPorts = [],
  icmps = [],
}: Rule): readonly string[] {
  const to = [
    ...toFQDNs.map(({ matchName }) => `name ${String(matchName)}`),
    ...toCIDR,
    ...toCIDRSet.map(({ cidr, except }) => `${cidr} but ${except.join(', ')}`),
    ...toEntities,
  ];
  return [
    ...toPorts.flatMap(({ ports }) =>
      ports.flatMap(({ port, protocol }) => to.map((one) => `${one} ${protocol}/${port}`)),
    ),
    ...icmps.flatMap(({ fields }) =>
      fields.flatMap(({ family, type }) => to.map((one) => `${one} ${family} echo ${type}`)),
    ),
  ];
}

/** What an edge needs, in the words of `lets`. */
function needs({ to, port, protocol }: Connection): readonly string[] {
  if (to.kind !== 'outside') return [];
  if (to.name === 'kubernetes-api') return ['kube-apiserver TCP/443', 'kube-apiserver TCP/6443'];
  if (to.name === 'nodes') return [`host TCP/${String(port)}`, `remote-node TCP/${String(port)}`];
  if (to.name === 'pod-identity-agent') return [`host TCP/${String(port)}`];
  if (to.name === 'sources' && to.hosts === undefined)
    return transportsOf(protocol).flatMap((transport) =>
      ANYWHERE.map((range) => `${range} ${transport}/${String(port)}`),
    );
  const passes =
    protocol === 'icmp'
      ? ['IPv4 echo 8', 'IPv6 echo 128']
      : transportsOf(protocol).map((transport) => `${transport}/${String(port)}`);
  return (to.hosts ?? []).flatMap((host) => {
    const range = host.includes(':') ? `${host}/128` : `${host}/32`;
    return passes.map((one) => `${/^[\d.]+$|:/.test(host) ? range : `name ${host}`} ${one}`);
  });
}

/** But for what each cloud hands out at link-local addresses. */
const ANYWHERE = ['0.0.0.0/0 but 169.254.0.0/16', '::/0 but fd00:ec2::254/128, fe80::/10'];

const LEFT_TO_KUBERNETES: ReadonlySet<string> = new Set(['scrape-targets', 'cluster-dns']);

test('exactly the edges that leave the cluster are let out, each to its names and its port', () => {
  law((planned) => {
    each(planned, (_, workload, { egress = [] }) => {
      const edges = planned.connections.filter(
        ({ from, to }) =>
          isOf(workload, from) &&
          to.kind === 'outside' &&
          to.namespace === undefined &&
          !LEFT_TO_KUBERNETES.has(to.name),
      );
      const needed = edges.map((edge) => [edge, needs(edge)] as const);
      for (const [edge, one] of needed) expect(one, JSON.stringify(edge)).not.toEqual([]);
      const allowed = egress.filter((rule) => rule.toEndpoints === undefined).flatMap(lets);
      expect(new Set(allowed)).toEqual(new Set(needed.flatMap(([, one]) => one)));
      expect(allowed).toHaveLength(new Set(allowed).size);
    });
  });
});

test('nothing is let out to the world, to a pattern, or on any port, but to targets that only a list knows', () => {
  law((planned) => {
    each(planned, (component, _, { egress = [] }) => {
      const listed = component.name === 'alloy-sources';
      const rules = egress.filter(
        ({ toEndpoints, toCIDRSet }) => toEndpoints === undefined && !(listed && toCIDRSet !== undefined),
      );
      expect(JSON.stringify(rules)).not.toMatch(/"world"|"all"|"cluster"|matchPattern|0\.0\.0\.0|"::\/0"/);
      for (const { toPorts } of egress)
        for (const { port } of (toPorts ?? []).flatMap(({ ports }) => ports)) expect(Number(port)).toBeGreaterThan(0);
      // What names neither ports nor echo requests lets everything through.
      for (const { toPorts, icmps } of egress)
        expect([toPorts, icmps].filter((one) => one !== undefined)).toHaveLength(1);
    });
  });
});

test('who calls a name has its answers pass the proxy that learns its addresses, and nobody else has', () => {
  law((planned) => {
    each(planned, (_, __, { egress = [] }) => {
      const names = egress.filter(({ toFQDNs }) => toFQDNs !== undefined);
      const proxied = egress.filter(({ toEndpoints }) => toEndpoints !== undefined);
      expect(proxied).toHaveLength(names.length > 0 ? 1 : 0);
      expect(JSON.stringify(proxied)).toBe(
        names.length === 0
          ? '[]'
          : '[{"toEndpoints":[{"matchLabels":{"k8s:io.kubernetes.pod.namespace":"kube-system","k8s:k8s-app":"kube-dns"}}],"toPorts":[{"ports":[{"port":"53","protocol":"ANY"}],"rules":{"dns":[{"matchPattern":"*"}]}}]}]',
      );
    });
  });
});

test('policies of Kubernetes beside them allow no range, for policies only add', () => {
  law((planned) => {
    const text = JSON.stringify(planned.components.map((component) => networkPolicies(planned, component)));
    expect(text).not.toContain('ipBlock');
  });
});

test('with policies of Kubernetes there are none of Cilium', () => {
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      const planned = plan(cluster, fleet);
      const found = planned.components.flatMap((component) => ciliumPolicies(planned, component));
      if (planned.kubernetes.networkPolicies === 'kubernetes') expect(found).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

function planOf(spec: Readonly<Record<string, unknown>>): Plan {
  return plan(
    parseValue({
      apiVersion: 'lgtm-fleet/v1',
      kind: 'Cluster',
      metadata: { name: 'any' },
      spec: { kubernetes: { networkPolicies: 'cilium' }, ...spec },
    }),
    fleet,
  );
}

function egressOf(planned: Plan, name: string): readonly Rule[] {
  const policies = planned.components.flatMap((component) => ciliumPolicies(planned, component));
  const found = policies.find(({ object }) => object.metadata.name === name);
  return (found?.object.spec as Spec | undefined)?.egress ?? [];
}

const out = (planned: Plan, name: string): readonly string[] => egressOf(planned, name).flatMap(lets).toSorted();
const s3 = { region: 'eu-west-1', bucketPrefix: 'acme' };

describe('names', () => {
  test('of buckets at Amazon are those that the client makes of them, and no others of the region', () => {
    expect(out(planOf({ objectStorage: { s3 } }), 'tempo')).toEqual([
      'name acme-tempo.s3.dualstack.eu-west-1.amazonaws.com TCP/443',
      'name acme-tempo.s3.eu-west-1.amazonaws.com TCP/443',
    ]);
  });

  test('of a store of one’s own are its own, on its port', () => {
    const own = { ...s3, endpoint: 'Objects.example.com:9000', pathStyle: true };
    expect(out(planOf({ objectStorage: { s3: own } }), 'tempo')).toEqual(['name objects.example.com TCP/9000']);
    const address = { ...s3, endpoint: '192.0.2.7:9000', insecure: true, pathStyle: true };
    expect(out(planOf({ objectStorage: { s3: address } }), 'tempo')).toEqual(['192.0.2.7/32 TCP/9000']);
  });

  test('within the cluster are a namespace, which policies of Kubernetes know', () => {
    const inside = { ...s3, endpoint: 'minio.minio.svc.cluster.local:9000', insecure: true, pathStyle: true };
    for (const networkPolicies of ['cilium', 'kubernetes']) {
      const planned = planOf({ kubernetes: { networkPolicies }, objectStorage: { s3: inside } });
      expect(out(planned, 'tempo')).toEqual([]);
      const tempo = planned.components.find(({ name }) => name === 'tempo')!;
      const [policy] = networkPolicyOf(planned, tempo);
      expect(JSON.stringify(policy)).toContain(
        '{"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"minio"}}}],"ports":[{"protocol":"TCP","port":9000}]}',
      );
    }
  });
});

const networkPolicyOf = (planned: Plan, component: ComponentPlan) =>
  networkPolicies(planned, component).map(({ object }) => object.spec);

describe('a source that pings', () => {
  const pinging = (hosts: readonly string[]) =>
    planOf({ ingest: { sources: [{ name: 'routers', series: 60, blackbox: { icmp: { hosts } } }] } });

  test('is let out by name and by address, with echo requests alone', () => {
    expect(out(pinging(['Edge.example.com', '192.0.2.1']), 'alloy-sources')).toEqual([
      '192.0.2.1/32 IPv4 echo 8',
      '192.0.2.1/32 IPv6 echo 128',
      'name edge.example.com IPv4 echo 8',
      'name edge.example.com IPv6 echo 128',
    ]);
  });
});

describe('who asks for credentials', () => {
  const identity = { auth: 'workload-identity' };
  test.each([
    [
      'with IRSA asks STS of the region',
      { s3: { ...s3, ...identity, roleArn: 'arn:aws:iam::111122223333:role/x' } },
      'name sts.eu-west-1.amazonaws.com TCP/443',
    ],
    ['with Pod Identity asks the agent of its node', { s3: { ...s3, ...identity } }, 'host TCP/80'],
    [
      'with a key file asks Google’s token service',
      { gcs: { bucketPrefix: 'acme' } },
      'name oauth2.googleapis.com TCP/443',
    ],
    ['on GKE asks the metadata server', { gcs: { bucketPrefix: 'acme', ...identity } }, '169.254.169.254/32 TCP/80'],
    [
      'on GKE may be seen after translation',
      { gcs: { bucketPrefix: 'acme', ...identity } },
      '169.254.169.252/32 TCP/988',
    ],
    [
      'on Azure asks Entra',
      {
        azure: {
          storageAccount: 'acme',
          containerPrefix: 'acme',
          ...identity,
          clientId: '11111111-2222-3333-4444-555555555555',
        },
      },
      'name login.microsoftonline.com TCP/443',
    ],
  ])('%s', (_, objectStorage, expected) => {
    expect(out(planOf({ objectStorage }), 'tempo')).toContain(expected);
  });

  test('with keys asks nobody where keys are enough', () => {
    for (const objectStorage of [{ s3 }, { azure: { storageAccount: 'acme', containerPrefix: 'acme' } }])
      expect(JSON.stringify(planOf({ objectStorage }).connections)).not.toMatch(/token-service|metadata-server|agent"/);
  });

  test('in policies of Kubernetes has the addresses alone where they are known', () => {
    const planned = planOf({
      kubernetes: { networkPolicies: 'kubernetes' },
      objectStorage: { gcs: { bucketPrefix: 'acme', ...identity } },
    });
    const tempo = planned.components.find(({ name }) => name === 'tempo')!;
    const text = JSON.stringify(networkPolicyOf(planned, tempo));
    expect(text).toContain('{"to":[{"ipBlock":{"cidr":"169.254.169.254/32"}}],"ports":[{"protocol":"TCP","port":80}]}');
    expect(text).toContain(
      '{"to":[{"ipBlock":{"cidr":"169.254.169.252/32"}}],"ports":[{"protocol":"TCP","port":988}]}',
    );
  });
});

test('Grafana reaches the issuer on its own port, and its database', () => {
  const planned = planOf({
    exposure: { gateway: { name: 'public', namespace: 'gateways' }, grafana: { hostname: 'grafana.example.com' } },
    grafana: {
      oidc: {
        issuer: 'https://sso.example.com:8443/realms/acme',
        clientId: 'grafana',
        administrators: ['admins'],
        userInfoUrl: 'https://people.example.com/userinfo',
      },
      database: { postgres: { host: 'db.example.com' } },
    },
  });
  expect(out(planned, 'grafana')).toEqual([
    'name db.example.com TCP/5432',
    'name people.example.com TCP/443',
    'name sso.example.com TCP/8443',
  ]);
});

test('an edge reaches its hub by name', () => {
  const hub = parseValue({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'hub' },
    spec: {
      exposure: {
        gateway: { name: 'public', namespace: 'gateways' },
        grafana: { hostname: 'grafana.example.com' },
        ingest: { hostname: 'push.example.com' },
      },
    },
  });
  const edge = parseValue({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'edge' },
    spec: { role: 'edge', hub: 'hub', kubernetes: { networkPolicies: 'cilium' } },
  });
  const planned = plan(edge, { ...fleet, hub });
  expect(out(planned, 'alloy-gateway')).toContain('name push.example.com TCP/443');
});

test('a cluster whose pods stay inside names nobody', () => {
  const planned = planOf({ objectStorage: { filesystem: {} } });
  const rules = planned.components
    .flatMap((component) => ciliumPolicies(planned, component))
    .flatMap(({ object }) => (object.spec as Spec).egress ?? []);
  expect(rules.flatMap(lets).filter((rule) => rule.startsWith('name ') || rule.includes('/32'))).toEqual([]);
});
