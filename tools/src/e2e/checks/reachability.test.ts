import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { manifestOf, workloadOf } from '@lgtm-fleet/manifests';
import type { Solver } from '@lgtm-fleet/reachability';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { expect, test } from 'vitest';
import { restrictedFaults } from '../../testing/pod-security.ts';
import { chosen, judged, type Pair, type Source, type Target } from './pairs.ts';
import { probePod, type Knock } from './probe.ts';

const sources: readonly Source[] = ['loki', 'mimir', 'grafana'].map((name) => ({
  name,
  namespace: 'observability',
  labels: { 'app.kubernetes.io/name': name },
}));
const pod = (name: string, port: number, namespace = 'observability', protocol: 'TCP' | 'UDP' = 'TCP'): Target => ({
  peer: { kind: 'pod', name, namespace, labels: {}, addresses: ['10.0.0.1'], ports: [] },
  host: '10.0.0.1',
  port,
  protocol,
});
const api: Target = {
  peer: { kind: 'address', name: 'kubernetes-api', address: '10.0.0.9' },
  host: '10.0.0.9',
  port: 6443,
  protocol: 'TCP',
};
const dns = (['UDP', 'TCP'] as const).map((protocol) => pod('coredns', 53, 'kube-system', protocol));
const targets = [api, ...dns, ...Array.from({ length: 30 }, (_, index) => pod(`pod-${String(index)}`, 8000 + index))];
const allow = { allowed: true, policies: [] };
/** DNS is open to all, and half of the rest. */
const solve: Solver = ({ port }) => ({
  verdict: port === 53 || (port < 6000 ? port : port % 2) === 0 ? 'allowed' : 'denied',
  egress: allow,
  ingress: allow,
});
const truth = (pairs: readonly Pair[]) => new Map(pairs.map((pair) => [pair, pair.allowed ? 'open' : 'no answer']));

test('all that is allowed and as much that is denied, from every source', () => {
  const pairs = chosen(sources, targets, solve, 60);
  const allowed = pairs.filter((pair) => pair.allowed);
  expect(pairs.length).toBeGreaterThanOrEqual(60);
  expect(pairs.length - allowed.length).toBeGreaterThanOrEqual(30);
  for (const side of [true, false])
    expect(new Set(pairs.filter((pair) => pair.allowed === side).map(({ source }) => source.name)).size).toBe(3);
  expect(new Set(pairs).size).toBe(pairs.length);
});

test('as solved is what is wanted', () => {
  const pairs = chosen(sources, targets, solve, 60);
  expect(judged(pairs, truth(pairs), 60).detail).toContain('all as solved');
});

test.each([
  ['something that is open and should not be', false, 'open'],
  ['something that refuses and should not be reached', false, 'ECONNREFUSED'],
  ['something that is silent and should not be', true, 'no answer'],
  ['something without a way to it', true, 'EHOSTUNREACH'],
])('%s is a failure', (_, side, answer) => {
  const pairs = chosen(sources, targets, solve, 60);
  const answers = truth(pairs);
  const pair = pairs.find(({ allowed, target }) => allowed === side && target.port !== 53);
  if (pair !== undefined) answers.set(pair, answer);
  expect(() => judged(pairs, answers, 60)).toThrow(answer);
});

test('too few pairs, no listeners, no DNS or no API server prove nothing', () => {
  const few = chosen(sources, targets.slice(0, 4), solve, 2);
  expect(() => judged(few, truth(few), 60)).toThrow('too few');
  const pairs = chosen(sources, targets, solve, 60);
  expect(() =>
    judged(pairs, new Map(pairs.map((pair) => [pair, pair.allowed ? 'ECONNREFUSED' : 'no answer'])), 60),
  ).toThrow('listener');
  const without = (gone: readonly Target[]) => pairs.filter(({ target }) => !gone.includes(target));
  expect(() => judged(without(dns), truth(pairs), 40)).toThrow('DNS');
  expect(() => judged(without([api]), truth(pairs), 40)).toThrow('API server');
  expect(() => judged(pairs, new Map(), 60)).toThrow('not asked');
});

const owner: ClusterObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'e2e-probes', namespace: 'observability', uid: '1' } as ClusterObject['metadata'],
};

test('a probe bears the labels of its role, passes `restricted`, and belongs to no controller', () => {
  const probe = probePod('probe', 'observability', { 'app.kubernetes.io/name': 'loki' }, [], owner);
  expect(probe.metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'loki' });
  expect(probe.metadata).toMatchObject({ ownerReferences: [{ kind: 'ConfigMap', controller: true, uid: '1' }] });
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: probe.metadata, spec: { template: probe } };
  const manifest = manifestOf(JSON.parse(JSON.stringify(job)) as never, '');
  const workload = manifest && workloadOf(manifest);
  expect(workload && restrictedFaults(workload)).toEqual([]);
  expect(workload?.containers[0]?.body).toMatchObject({ resources: { limits: { memory: '128Mi' } } });
});

test('what it runs tells open, closed and silent ports apart', async () => {
  const server = createServer((socket) => socket.end());
  const names = createSocket('udp4', (message, from) => {
    // A question in the form of DNS is answered; its flags say that it is one, and that it wants recursion.
    if (message.readUInt16BE(2) === 0x0100) names.send(message, from.port, from.address);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => names.bind(0, '127.0.0.1', resolve));
  const open = (server.address() as { readonly port: number }).port;
  const knocks: readonly Knock[] = [
    { host: '127.0.0.1', port: open, protocol: 'TCP' },
    { host: '127.0.0.1', port: 1, protocol: 'TCP' },
    { host: '127.0.0.1', port: names.address().port, protocol: 'UDP' },
  ];
  const { spec } = probePod('probe', 'observability', {}, knocks, owner) as unknown as {
    readonly spec: { readonly containers: readonly { readonly command: readonly string[] }[] };
  };
  const [, ...args] = spec.containers[0]?.command ?? [];
  try {
    const said = await new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
      child.on('error', reject);
      child.on('close', () => {
        resolve(text);
      });
    });
    expect(JSON.parse(said)).toEqual(['open', 'ECONNREFUSED', 'open']);
  } finally {
    server.close();
    names.close();
  }
}, 30_000);
