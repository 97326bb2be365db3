import fc from 'fast-check';
import { manifestOf, type Manifest } from '@lgtm-fleet/manifests';
import type { Attempt, Peer, PodPeer, World } from '../types.ts';
import { networkPolicy } from '../network-policy.ts';
import {
  PORTS,
  type RawNamespaces,
  type RawPeer,
  type RawPolicy,
  type RawPort,
  type RawRule,
  type Selector,
} from './naive.ts';

/** Small worlds, in which random selectors often meet. */
const keys = fc.constantFrom('app', 'tier');
const values = fc.constantFrom('one', 'two');
const labels = fc.dictionary(keys, values, { maxKeys: 2, noNullPrototype: true });
const NAMES = ['red', 'green', 'blue'] as const;
const protocol = fc.constantFrom('TCP' as const, 'UDP' as const);
const portNumber = fc.integer({ min: PORTS.first, max: PORTS.last });

export const namespaces: fc.Arbitrary<RawNamespaces> = fc
  .tuple(labels, labels, labels)
  .map((all) => Object.fromEntries(NAMES.map((name, index) => [name, { ...all[index], name }])));

const selector: fc.Arbitrary<Selector> = fc.record(
  {
    matchLabels: labels,
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key: keys,
          operator: fc.constantFrom('In' as const, 'NotIn' as const),
          values: fc.uniqueArray(values, { minLength: 1 }),
        }),
        fc.record({ key: keys, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const block = fc.constantFrom(
  { cidr: '0.0.0.0/0' },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/24'] },
  { cidr: '10.0.0.0/24' },
  { cidr: '10.0.0.0/24', except: ['10.0.0.0/30', '10.0.0.5/32'] },
  { cidr: '192.0.2.1/32' },
);

const peer: fc.Arbitrary<RawPeer> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ podSelector: selector, namespaceSelector: selector }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ ipBlock: block }) },
);

const port: fc.Arbitrary<RawPort> = fc.oneof(
  fc.record({ protocol, port: portNumber }, { requiredKeys: [] }),
  fc.record({ protocol, port: fc.constantFrom('http', 'grpc') }, { requiredKeys: ['port'] }),
  fc
    .tuple(fc.record({ protocol }, { requiredKeys: [] }), portNumber, portNumber)
    .map(([own, one, two]) => ({ ...own, port: Math.min(one, two), endPort: Math.max(one, two) })),
);

const rule = (side: 'from' | 'to'): fc.Arbitrary<RawRule> =>
  fc.record(
    { [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
    { requiredKeys: [] },
  );
export const ingressRule = rule('from');
export const egressRule = rule('to');

const policy = fc.record({
  namespace: fc.constantFrom(...NAMES),
  spec: fc.record(
    {
      podSelector: selector,
      policyTypes: fc.subarray(['Ingress' as const, 'Egress' as const]),
      ingress: fc.array(ingressRule, { maxLength: 3 }),
      egress: fc.array(egressRule, { maxLength: 3 }),
    },
    { requiredKeys: ['podSelector'] },
  ),
});

export const policies: fc.Arbitrary<readonly RawPolicy[]> = fc
  .array(policy, { maxLength: 5 })
  .map((all) => all.map((one, index) => ({ ...one, name: `policy-${String(index)}` })));

const pod: fc.Arbitrary<Omit<PodPeer, 'name' | 'addresses'>> = fc.record({
  kind: fc.constant('pod' as const),
  namespace: fc.constantFrom(...NAMES),
  labels,
  ports: fc.array(fc.record({ name: fc.constantFrom('http', 'grpc'), port: portNumber, protocol }), { maxLength: 3 }),
});

export const peers: fc.Arbitrary<readonly Peer[]> = fc
  .array(pod, { minLength: 1, maxLength: 6 })
  .map((pods) => [
    ...pods.map((one, index) => ({ ...one, name: `pod-${String(index)}`, addresses: [`10.0.0.${String(index)}`] })),
    { kind: 'address', name: 'host', address: '192.0.2.1' },
    { kind: 'address', name: 'other host', address: '198.51.100.1' },
  ]);

export function manifestsOf(raw: readonly RawPolicy[]): readonly Manifest[] {
  return raw.map(({ name, namespace, spec }) => {
    const body = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
    const manifest = manifestOf(JSON.parse(JSON.stringify(body)) as never, 'overlays/any/any');
    if (manifest === undefined) throw new Error('no manifest');
    return manifest;
  });
}

export function worldFrom(raw: readonly RawPolicy[], known: RawNamespaces): World {
  return { namespaces: new Map(Object.entries(known)), policies: manifestsOf(raw).map(networkPolicy) };
}

/** Everybody to everybody, at every port. */
export function attemptsAmong(all: readonly Peer[]): readonly Attempt[] {
  const ports = Array.from({ length: PORTS.last - PORTS.first + 1 }, (_, index) => PORTS.first + index);
  return all.flatMap((from) =>
    all.flatMap((to) =>
      ports.flatMap((number) => (['TCP', 'UDP'] as const).map((one) => ({ from, to, port: number, protocol: one }))),
    ),
  );
}
