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
import { yamlFiles } from '../testing/plans.ts';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { moved, start, type Started } from '../testing/programs.ts';
import { loki } from './resources.ts';

const program = openssl === undefined ? undefined : findProgram('loki');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('loki', program)}`;
const folder = temporaryFolder('loki-tls');

/** Files instead of S3, which nobody answers here. */
const withTls = (cluster: string): Plan => ({
  ...examplePlan(cluster, { tls: { issuer: 'internal' } }),
  objectStorage: { kind: 'filesystem' },
});
const NAME = 'loki.observability.svc.cluster.local';

/** A pod's folder: its files with the container's folders in it, and the certificates of all. */
function write(plan: Plan, shared: string, authority: string, change: (text: string) => string): string {
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  for (const part of ['etc/loki', 'etc/loki-overrides', 'var/loki', 'tmp'])
    mkdirSync(join(home, part), { recursive: true });
  for (const { configMap, name, text } of yamlFiles(loki, plan, 'loki')) {
    const bound = text
      .replace(/^memberlist:$/m, 'memberlist:\n  bind_addr: [127.0.0.1]')
      .replaceAll('/var/loki/objects', join(shared, 'objects'))
      .replaceAll('/var/loki/rules\n', `${join(shared, 'rules')}\n`);
    writeFileSync(join(home, 'etc', configMap.replace('-config', ''), name), change(moved(bound, home)));
  }
  issue(authority, certificateOf(plan, 'loki-tls'), join(home, 'etc/tls'));
  return home;
}

function startLoki(home: string, base: string, { http, grpc, gossip }: Ports): Started {
  return start(
    program!,
    [
      ...baseArguments(`loki/${base}`)
        .filter((argument) => !argument.startsWith('-shutdown-delay'))
        .map((argument) => moved(argument.replace('=/', '= /'), home).replace('= ', '=')),
      '-server.http-listen-address=127.0.0.1',
      `-server.http-listen-port=${String(http)}`,
      '-server.grpc-listen-address=127.0.0.1',
      `-server.grpc-listen-port=${String(grpc)}`,
      `-memberlist.bind-port=${String(gossip)}`,
      '-memberlist.advertise-addr=127.0.0.1',
      '-common.storage.ring.instance-addr=127.0.0.1',
      `-common.storage.ring.instance-id=${String(http)}`,
      '-frontend.instance-addr=127.0.0.1',
      '-ingester.min-ready-duration=0s',
    ],
    home,
    { ZONE: 'zone-a' },
  );
}

/** Until it is taken: the ring may need a moment to know its members. */
async function push(port: number, trust: string, line: string): Promise<void> {
  const stream = { stream: { namespace: 'shop' }, values: [[`${String(Date.now())}000000`, line]] };
  const pushed = () =>
    ask({
      ...{ port, path: '/loki/api/v1/push', name: NAME, trust, method: 'POST' },
      headers: { 'X-Scope-OrgID': 'main', 'Content-Type': 'application/json' },
      body: JSON.stringify({ streams: [stream] }),
    }).then(({ status, text }) => `${String(status)} ${text}`);
  await expect.poll(pushed, { timeout: 60_000, interval: 500 }).toMatch(/^204/);
}

async function query(port: number, trust: string): Promise<string> {
  const path = `/loki/api/v1/query_range?query=${encodeURIComponent('{namespace="shop"}')}`;
  const { text } = await ask({ port, path, name: NAME, trust, headers: { 'X-Scope-OrgID': 'main' } });
  return text;
}

describe('Loki with TLS', () => {
  real(
    named('takes and gives lines over HTTPS only, and a renewed certificate at once'),
    { timeout: 90_000 },
    async () => {
      const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
      const plan = withTls('home-lab');
      const shared = mkdtempSync(join(folder, 'shared-'));
      const home = write(plan, shared, authority, (text) => text);
      const ports = await freePorts();
      const started = startLoki(home, 'variants/monolithic/stateful-set.yaml', ports);
      const own = join(home, 'etc/tls');
      await readyWithTls(started, { port: ports.http, name: NAME, trust: own });
      await push(ports.http, own, 'over TLS');
      await expect.poll(() => query(ports.http, own), { timeout: 10_000 }).toContain('over TLS');

      await refusesPlain(ports.http);
      await expect(ask({ port: ports.http, path: '/ready', name: NAME })).rejects.toThrow(/certificate/);
      const wrong = { port: ports.http, path: '/ready', name: 'mimir.observability.svc.cluster.local', trust: own };
      await expect(ask(wrong)).rejects.toThrow(/does not match/);

      // gRPC: only who shows a certificate of the CA for callers.
      const stranger = makeAuthority(mkdtempSync(join(folder, 'stranger-')));
      issue(stranger, certificateOf(plan, 'loki-tls'), join(stranger, 'own'));
      issue(authority, certificateOf(plan, 'gateway-tls'), join(authority, 'gateway'));
      expect(await admitted(ports.grpc, NAME, own, own)).toBe(true);
      expect(await admitted(ports.grpc, NAME, own)).toBe(false);
      expect(await admitted(ports.grpc, NAME, own, join(stranger, 'own'))).toBe(false);
      expect(await admitted(ports.grpc, NAME, own, join(authority, 'gateway'))).toBe(false);

      const before = [await serialOf(ports.http, NAME, own), await serialOf(ports.grpc, NAME, own)];
      issue(authority, certificateOf(plan, 'loki-tls'), own);
      const after = [await serialOf(ports.http, NAME, own), await serialOf(ports.grpc, NAME, own)];
      expect(after).not.toContain(before[0]);
      expect(new Set([...before, ...after]).size).toBe(2);
      await push(ports.http, own, 'after the renewal');
      await expect.poll(() => query(ports.http, own), { timeout: 10_000 }).toContain('after the renewal');
    },
  );

  real(named('is eight roles that find each other over mutual TLS'), { timeout: 180_000 }, async () => {
    const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    const found = withTls('prod-eu');
    // One ingester is enough to see that it is found, and caches are no part of this.
    const plan = { ...found, loki: { ...found.loki!, replicationFactor: 1, zoneAware: false, caches: [] } };
    const shared = mkdtempSync(join(folder, 'shared-'));
    const roles = Object.keys(ROLES) as readonly (keyof typeof ROLES)[];
    const ports = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await freePorts()] as const)));
    // Names become ports of loopback; who answers there is known by the certificate, as in a cluster.
    const local = (text: string): string =>
      text
        .replaceAll(
          /loki-memberlist\.observability\.svc\.cluster\.local:\d+/g,
          `127.0.0.1:${String(ports['ingester']!.gossip)}`,
        )
        .replaceAll(
          /loki-([a-z-]+)\.observability\.svc\.cluster\.local:(3100|9095)/g,
          (_, role: string, port: string) => `127.0.0.1:${String(ports[role]![port === '3100' ? 'http' : 'grpc'])}`,
        );
    const pods: { readonly role: string; readonly home: string; readonly started: Started }[] = [];
    // One after the other: who joins before there is anybody waits long before it tries again. The ingester is first.
    for (const role of roles) {
      const home = write(plan, shared, authority, local);
      const started = startLoki(home, ROLES[role], ports[role]!);
      await readyWithTls(started, { port: ports[role]!.http, name: NAME, trust: join(home, 'etc/tls') });
      pods.push({ role, home, started });
    }
    const trust = join(pods[0]!.home, 'etc/tls');
    await push(ports['distributor']!.http, trust, 'through eight roles');
    await expect
      .poll(() => query(ports['query-frontend']!.http, trust), { timeout: 30_000 })
      .toContain('through eight');
    // Renewed everywhere, and nobody restarted: all go on with each other.
    for (const { home } of pods) issue(authority, certificateOf(plan, 'loki-tls'), join(home, 'etc/tls'));
    await push(ports['distributor']!.http, trust, 'after the renewal');
    await expect
      .poll(() => query(ports['query-frontend']!.http, trust), { timeout: 30_000 })
      .toContain('after the renewal');
    for (const { role, started } of pods) expect(started.log(), role).not.toMatch(/tls:|x509:|certificate required/);
  });
});

const ROLES = {
  ingester: 'ingester/stateful-set.yaml',
  distributor: 'variants/distributed/distributor-deployment.yaml',
  querier: 'variants/distributed/querier-deployment.yaml',
  'query-scheduler': 'variants/distributed/query-scheduler-deployment.yaml',
  'query-frontend': 'variants/distributed/query-frontend-deployment.yaml',
  ruler: 'variants/distributed/ruler-deployment.yaml',
  'index-gateway': 'variants/distributed/index-gateway-stateful-set.yaml',
  compactor: 'variants/distributed/compactor-stateful-set.yaml',
};
