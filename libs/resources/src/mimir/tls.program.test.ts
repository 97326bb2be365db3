import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import {
  admitted,
  ask,
  certificateOf,
  freePorts,
  issue,
  makeAuthority,
  openssl,
  readyWithTls,
  refusesPlain,
  serialOf,
  type Ports,
} from '../testing/certificates.ts';
import { baseArguments } from '../testing/checkout.ts';
import { probe, probeBody } from '../testing/otlp-probe.ts';
import { yamlFiles } from '../testing/plans.ts';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { moved, start, type Started } from '../testing/programs.ts';
import { mimir } from './resources.ts';

const program = openssl === undefined ? undefined : findProgram('mimir');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('mimir', program)}`;
const folder = temporaryFolder('mimir-tls');
const NAME = 'mimir.observability.svc.cluster.local';
const RINGS = [
  ...['distributor.ring', 'ingester.ring', 'store-gateway.sharding-ring', 'compactor.ring', 'ruler.ring'],
  ...['alertmanager.sharding-ring', 'querier.ring', 'query-scheduler.ring', 'overrides-exporter.ring'],
];

/** A pod's folder; all share the objects, and find each other by the first one's gossip. */
function write(plan: Plan, shared: string, authority: string, scheduler: number): string {
  const home = mkdtempSync(join(folder, 'pod-'));
  for (const part of ['etc/mimir', 'etc/mimir-overrides', 'etc/mimir-alert-routes', 'var/mimir', 'tmp'])
    mkdirSync(join(home, part), { recursive: true });
  for (const { configMap, name, key = name, text } of yamlFiles(mimir, plan, 'mimir')) {
    const local = text
      .replaceAll(/\/var\/mimir\/(blocks|rules|alertmanager-configs)\n/g, `${shared}/$1\n`)
      .replaceAll(/mimir-memberlist\.observability\.svc\.cluster\.local:9095/g, `127.0.0.1:${String(scheduler)}`)
      .replace(/ *join_members:\n.*\n/, '');
    writeFileSync(join(home, 'etc', configMap.replace('-config', ''), key), moved(local, home));
  }
  issue(authority, certificateOf(plan, 'mimir-tls'), join(home, 'etc/tls'));
  return home;
}

function startMimir(home: string, { http, grpc, gossip }: Ports, peer: Ports): Started {
  return start(
    program!,
    [
      ...baseArguments('mimir/monolithic/stateful-set.yaml')
        .filter((argument) => !argument.startsWith('-shutdown-delay'))
        .map((argument) => moved(argument.replace('=/', '= /'), home).replace('= ', '=')),
      '-server.http-listen-address=127.0.0.1',
      `-server.http-listen-port=${String(http)}`,
      '-server.grpc-listen-address=127.0.0.1',
      `-server.grpc-listen-port=${String(grpc)}`,
      '-memberlist.bind-addr=127.0.0.1',
      `-memberlist.bind-port=${String(gossip)}`,
      '-memberlist.advertise-addr=127.0.0.1',
      `-memberlist.advertise-port=${String(gossip)}`,
      `-memberlist.join=127.0.0.1:${String(peer.gossip)}`,
      ...[...RINGS, 'query-frontend'].map((ring) => `-${ring}.instance-addr=127.0.0.1`),
      ...RINGS.map((ring) => `-${ring}.instance-id=${String(http)}`),
      '-ingester.ring.min-ready-duration=0s',
    ],
    home,
  );
}

describe('Mimir with TLS', () => {
  real(named('is three replicas that find each other over mutual TLS'), { timeout: 240_000 }, async () => {
    const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    const found = examplePlan('startup', { tls: { issuer: 'internal' } });
    const plan: Plan = { ...found, objectStorage: { kind: 'filesystem' } };
    expect(plan.mimir?.mode).toBe('highly-available');
    const shared = mkdtempSync(join(folder, 'shared-'));
    const ports = [await freePorts(), await freePorts(), await freePorts()];
    const [first] = ports;
    const pods = ports.map((own) => {
      const home = write(plan, shared, authority, first!.grpc);
      return { own, home, started: startMimir(home, own, first!) };
    });
    const trust = join(pods[0]!.home, 'etc/tls');
    for (const { own, started } of pods) await readyWithTls(started, { port: own.http, name: NAME, trust });

    const push = () =>
      ask({
        ...{ port: ports[1]!.http, path: '/otlp/v1/metrics', name: NAME, trust, method: 'POST' },
        headers: { 'X-Scope-OrgID': 'main', 'Content-Type': 'application/json' },
        body: probeBody(),
      }).then(({ status, text }) => `${String(status)} ${text}`);
    const query = () => {
      const path = `/prometheus/api/v1/query?query=${encodeURIComponent(probe.query)}`;
      return ask({ port: ports[2]!.http, path, name: NAME, trust, headers: { 'X-Scope-OrgID': 'main' } }).then(
        ({ text }) => text,
      );
    };
    // A quorum of ingesters, each reached over gRPC; the ring may need a moment to know them all.
    await expect.poll(push, { timeout: 30_000 }).toMatch(/^200 /);
    await expect.poll(query, { timeout: 30_000 }).toContain(probe.value);

    await refusesPlain(first!.http);
    await expect(ask({ port: first!.http, path: '/ready', name: NAME })).rejects.toThrow(/certificate/);
    expect(await admitted(first!.grpc, NAME, trust, trust)).toBe(true);
    expect(await admitted(first!.grpc, NAME, trust)).toBe(false);

    const before = [await serialOf(first!.http, NAME, trust), await serialOf(first!.grpc, NAME, trust)];
    for (const { home } of pods) issue(authority, certificateOf(plan, 'mimir-tls'), join(home, 'etc/tls'));
    const after = [await serialOf(first!.http, NAME, trust), await serialOf(first!.grpc, NAME, trust)];
    expect(new Set([...before, ...after]).size).toBe(2);
    await expect.poll(push, { timeout: 30_000 }).toMatch(/^200 /);
    await expect.poll(query, { timeout: 30_000 }).toContain(probe.value);
  });

  it.skipIf(program === undefined).each(['classic', 'ingest-storage'] as const)(
    named('accepts the file of a distributed cluster, %s'),
    { timeout: 90_000 },
    async (architecture) => {
      const plan = examplePlan('prod-eu', { tls: { issuer: 'internal' }, metrics: { architecture } });
      const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
      const ports = await freePorts();
      const home = write(plan, folder, authority, ports.grpc);
      const started = start(
        program!,
        [
          `-config.file=${home}/etc/mimir/mimir.yaml`,
          '-config.expand-env=true',
          '-target=query-scheduler,overrides-exporter',
          '-server.http-listen-address=127.0.0.1',
          `-server.http-listen-port=${String(ports.http)}`,
          '-server.grpc-listen-address=127.0.0.1',
          `-server.grpc-listen-port=${String(ports.grpc)}`,
          '-memberlist.bind-addr=127.0.0.1',
          `-memberlist.bind-port=${String(ports.gossip)}`,
          '-query-scheduler.ring.instance-addr=127.0.0.1',
          '-overrides-exporter.ring.instance-addr=127.0.0.1',
        ],
        home,
      );
      await readyWithTls(started, { port: ports.http, name: NAME, trust: join(home, 'etc/tls') });
    },
  );
});
