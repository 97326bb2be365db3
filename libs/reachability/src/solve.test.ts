import { readManifests } from '@lgtm-fleet/manifests';
import { describe, expect, test } from 'vitest';
import { solver } from './solve.ts';
import { worldFrom } from './testing/arbitraries.ts';
import type { RawPolicy, RawRule } from './testing/naive.ts';
import type { Attempt, Peer, PodPeer } from './types.ts';
import { peerOf, workloadsOf, worldOf } from './world.ts';

/** What the API says of each part of a policy, one part at a time. */

const NAMESPACES = { red: { team: 'red' }, green: { team: 'green' } };

const pod = (name: string, namespace: string, labels: Readonly<Record<string, string>>): PodPeer => ({
  kind: 'pod',
  name,
  namespace,
  labels,
  addresses: ['10.0.0.1'],
  ports: [
    { name: 'http', port: 8080, protocol: 'TCP' },
    { name: 'http', port: 8081, protocol: 'UDP' },
  ],
});
const server = pod('server', 'red', { app: 'server' });
const client = pod('client', 'red', { app: 'client' });
const stranger = pod('stranger', 'green', { app: 'client' });
const host: Peer = { kind: 'address', name: 'host', address: '192.0.2.1' };

const ingress = (...rules: readonly RawRule[]): RawPolicy => ({
  name: 'server',
  namespace: 'red',
  spec: { podSelector: { matchLabels: { app: 'server' } }, policyTypes: ['Ingress'], ingress: rules },
});
const egress = (...rules: readonly RawRule[]): RawPolicy => ({
  name: 'client',
  namespace: 'red',
  spec: { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'], egress: rules },
});

function passes(policies: readonly RawPolicy[], attempt: Partial<Attempt> = {}): boolean {
  const solve = solver(worldFrom(policies, NAMESPACES));
  return solve({ from: client, to: server, port: 8080, protocol: 'TCP', ...attempt }).verdict === 'allowed';
}

describe('peers', () => {
  test('no rule lets nobody in; an empty rule everybody', () => {
    expect(passes([ingress()])).toBe(false);
    expect(passes([ingress({})])).toBe(true);
    expect(passes([ingress({})], { from: host, port: 1, protocol: 'SCTP' })).toBe(true);
    expect(passes([ingress({ from: [] })], { from: stranger })).toBe(true);
  });

  test('a pod selector alone is about the own namespace', () => {
    const policy = ingress({ from: [{ podSelector: { matchLabels: { app: 'client' } } }] });
    expect(passes([policy])).toBe(true);
    expect(passes([policy], { from: stranger })).toBe(false);
  });

  test('an empty pod selector is every pod of the own namespace, and nobody outside', () => {
    const policy = ingress({ from: [{ podSelector: {} }] });
    expect(passes([policy])).toBe(true);
    expect(passes([policy], { from: stranger })).toBe(false);
    expect(passes([policy], { from: host })).toBe(false);
  });

  test('an empty namespace selector is every pod of every namespace, and nobody outside', () => {
    const policy = ingress({ from: [{ namespaceSelector: {} }] });
    expect(passes([policy])).toBe(true);
    expect(passes([policy], { from: stranger })).toBe(true);
    expect(passes([policy], { from: host })).toBe(false);
  });

  test('both in one peer must hold; in two peers one is enough', () => {
    const green = { namespaceSelector: { matchLabels: { team: 'green' } } };
    const other = { podSelector: { matchLabels: { app: 'other' } } };
    expect(passes([ingress({ from: [{ ...green, ...other }] })], { from: stranger })).toBe(false);
    expect(passes([ingress({ from: [green, other] })], { from: stranger })).toBe(true);
  });

  test('a range takes pods by their address, but for its exceptions', () => {
    const block = (except: readonly string[]) => ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except } }] });
    expect(passes([block([])])).toBe(true);
    expect(passes([block([])], { from: host })).toBe(false);
    expect(passes([block(['10.0.0.0/24'])])).toBe(false);
    expect(passes([block(['10.0.1.0/24'])])).toBe(true);
  });
});

describe('ports', () => {
  test('TCP is meant where no protocol stands, and all ports where no port does', () => {
    expect(passes([ingress({ ports: [{ port: 8080 }] })])).toBe(true);
    expect(passes([ingress({ ports: [{ port: 8080 }] })], { protocol: 'UDP' })).toBe(false);
    expect(passes([ingress({ ports: [{ protocol: 'UDP' }] })], { protocol: 'UDP', port: 9 })).toBe(true);
    expect(passes([ingress({ ports: [{ protocol: 'UDP' }] })], { port: 9 })).toBe(false);
  });

  test('a range has both its ends', () => {
    const policy = ingress({ ports: [{ port: 10, endPort: 20 }] });
    expect([9, 10, 20, 21].map((port) => passes([policy], { port }))).toEqual([false, true, true, false]);
  });

  test('a name is that of the called pod, in either direction and for its protocol; outside there are no names', () => {
    const named = { ports: [{ port: 'http' }] };
    expect(passes([ingress(named)])).toBe(true);
    expect(passes([ingress(named)], { port: 8081 })).toBe(false);
    expect(passes([egress(named)])).toBe(true);
    expect(passes([egress(named)], { to: host })).toBe(false);
    expect(passes([egress({ ports: [{ port: 'http', protocol: 'UDP' }] })], { port: 8081, protocol: 'UDP' })).toBe(
      true,
    );
  });
});

describe('directions', () => {
  const bare = (spec: Partial<RawPolicy['spec']>): RawPolicy => ({
    name: 'all',
    namespace: 'red',
    spec: { podSelector: {}, ...spec },
  });

  test('without policyTypes ingress is isolated always, egress where it has rules', () => {
    expect(passes([bare({})], { from: client, to: host })).toBe(true);
    expect(passes([bare({ egress: [] })], { from: client, to: host })).toBe(true);
    expect(passes([bare({ egress: [{ to: [{ podSelector: {} }] }] })], { from: client, to: host })).toBe(false);
    expect(passes([bare({})])).toBe(false);
  });

  test('rules of a direction that policyTypes leaves out do not count', () => {
    expect(passes([bare({ policyTypes: ['Egress'], ingress: [], egress: [{}] })])).toBe(true);
    expect(passes([bare({ policyTypes: ['Ingress'], ingress: [{}], egress: [{ ports: [{ port: 1 }] }] })])).toBe(true);
  });

  test('one direction says nothing of the other, and both ends must let it pass', () => {
    expect(passes([ingress()], { from: server, to: client })).toBe(true);
    expect(passes([ingress({}), egress()])).toBe(false);
    expect(passes([ingress(), egress({})])).toBe(false);
    expect(passes([ingress({}), egress({})])).toBe(true);
  });

  test('a policy is about its own namespace', () => {
    expect(passes([{ ...ingress(), namespace: 'green' }])).toBe(true);
  });
});

test('the verdict names the policies of each end', () => {
  const solve = solver(worldFrom([ingress({ ports: [{ port: 1 }] }), egress({})], NAMESPACES));
  expect(solve({ from: client, to: server, port: 8080, protocol: 'TCP' })).toEqual({
    verdict: 'denied',
    egress: { allowed: true, policies: ['NetworkPolicy red/client'] },
    ingress: { allowed: false, policies: ['NetworkPolicy red/server'] },
  });
});

test('worlds and peers are read off rendered manifests; a pod on its node is an address', () => {
  const { manifests } = readManifests(
    `
apiVersion: v1
kind: Namespace
metadata: { name: red, labels: { team: red } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: red }
spec: { template: { metadata: { labels: { app: agent } }, spec: { hostNetwork: true, containers: [] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: red }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 80 }, { containerPort: 81 }] }] }
---
apiVersion: cilium.io/v2
kind: NetworkPolicy
metadata: { name: other, namespace: red }
`,
    'overlays/any/any',
  );
  const world = worldOf(manifests, ['blue']);
  expect(world.policies).toEqual([]);
  expect(Object.fromEntries(world.namespaces)).toEqual({
    red: { team: 'red', 'kubernetes.io/metadata.name': 'red' },
    blue: { 'kubernetes.io/metadata.name': 'blue' },
  });
  expect(workloadsOf(manifests).map((one) => peerOf(one, { pod: '10.0.0.1', node: '192.0.2.1' }))).toEqual([
    { kind: 'address', name: 'agent', address: '192.0.2.1' },
    {
      kind: 'pod',
      name: 'web',
      namespace: 'red',
      labels: { app: 'web' },
      addresses: ['10.0.0.1'],
      ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    },
  ]);
});
