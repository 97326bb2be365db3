import { isObject, manifestOf, workloadOf, type Json, type Manifest, type Workload } from '@lgtm-fleet/manifests';
import { plan } from '@lgtm-fleet/plan';
import { clusterSchema } from '@lgtm-fleet/spec';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { clusterView } from './cluster.ts';
import { mayPass, type Peer } from './policies.ts';

const spec = clusterSchema.parse({
  apiVersion: 'lgtm-fleet/v1',
  kind: 'Cluster',
  metadata: { name: 'demo' },
  spec: {},
});
const planned = plan(spec, { repository: 'https://git.example.com/fleet.git' });

function manifest(source: string): Manifest {
  const value = load(source) as Json;
  const found = isObject(value) ? manifestOf(value, 'overlays/demo/demo') : undefined;
  if (found === undefined) throw new Error(source);
  return found;
}

function pods(name: string, namespace: string, extra = ''): Manifest {
  return manifest(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${extra}
      containers: [{ name: ${name}, image: ${name}, ports: [{ name: http, containerPort: 8080 }] }]
`);
}

function workload(found: Manifest): Workload {
  const one = workloadOf(found);
  if (one === undefined) throw new Error(found.name);
  return one;
}

/** May Grafana call the gateway, by this policy of Grafana's own? */
function allows(rules: string, { port = 8080, protocol = 'TCP', peer, extra = '' }: Case = {}): boolean {
  const policy = manifest(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: own, namespace: a }
spec: { podSelector: { matchLabels: { app: grafana } }, ${rules} }
`);
  const manifests = [policy, pods('grafana', 'a', extra), pods('gateway', 'b')];
  const cluster = clusterView({ spec, plan: planned, manifests, kustomizations: [], secretFiles: [] });
  const [own, other] = cluster.workloads;
  if (own === undefined || other === undefined) throw new Error('both are there');
  return mayPass(cluster, own, 'egress', peer ?? { kind: 'pods', workload: other }, { port, protocol });
}

interface Case {
  readonly port?: number;
  readonly protocol?: string;
  readonly peer?: Peer;
  readonly extra?: string;
}

describe('what a policy lets out', () => {
  const toGateway =
    'to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: b } }, podSelector: { matchLabels: { app: gateway } } }]';

  test('everything, where it is not about egress', () => {
    expect(allows('policyTypes: [Ingress]')).toBe(true);
    expect(allows('ingress: []')).toBe(true);
  });

  test('nothing without a rule', () => {
    expect(allows('policyTypes: [Egress]')).toBe(false);
  });

  test('with rules for egress it is about egress, also without policyTypes', () => {
    expect(allows('egress: [{ to: [{ podSelector: {} }] }]')).toBe(false);
  });

  test.each([
    [toGateway, true],
    [`${toGateway}, ports: [{ port: 8080 }]`, true],
    [`${toGateway}, ports: [{ port: http }]`, true],
    [`${toGateway}, ports: [{ port: 8000, endPort: 8100 }]`, true],
    [`${toGateway}, ports: [{ protocol: TCP }]`, true],
    [`${toGateway}, ports: [{ port: 8080, protocol: UDP }]`, false],
    [`${toGateway}, ports: [{ port: 9090 }]`, false],
    // Without a namespaceSelector: pods of the policy's own namespace.
    ['to: [{ podSelector: { matchLabels: { app: gateway } } }]', false],
    ['to: [{ namespaceSelector: {} }]', true],
    [
      'to: [{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [b] }] } }]',
      false,
    ],
    ['to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]', true],
    ['to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }]', false],
    ['to: [{ ipBlock: { cidr: 10.0.0.0/8 } }]', false],
    ['ports: [{ port: 8080 }]', true],
  ])('%s: %s', (rule, expected) => {
    expect(allows(`policyTypes: [Egress], egress: [{ ${rule} }]`)).toBe(expected);
  });

  test('addresses outside may be in any range, and are no pods', () => {
    const outside: Case = { peer: { kind: 'outside' }, port: 443 };
    expect(allows('policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]', outside)).toBe(true);
    expect(allows('policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: {} }] }]', outside)).toBe(false);
  });

  test('no policy holds for a pod that is on the network of its node', () => {
    expect(allows('policyTypes: [Egress]', { extra: 'hostNetwork: true' })).toBe(true);
  });

  test('nothing is said of pods on the network of their node', () => {
    const peer: Peer = { kind: 'pods', workload: workload(pods('node-exporter', 'b', 'hostNetwork: true')) };
    expect(allows('policyTypes: [Egress]', { peer })).toBe(true);
  });
});
