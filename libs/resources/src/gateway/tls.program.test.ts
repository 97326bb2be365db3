import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { CertificatePlan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, certificateOf, issue, makeAuthority, openssl, serialOf } from '../testing/certificates.ts';
import { loopbackDns } from '../testing/loopback-dns.ts';
import { findProgram, temporaryFolder } from '@lgtm-fleet/queries/testing';
import { start } from '../testing/programs.ts';
import { callGrpc, serveGrpc } from '../testing/grpc.ts';
import { nginxConf } from './config.ts';
import { grpcRoutes } from './grpc-routes.ts';
import { gatewayRoutes } from './routes.ts';

const nginx = openssl === undefined ? undefined : findProgram('nginx', ['/usr/sbin', '/usr/local/sbin']);
const folder = temporaryFolder('gateway-tls');
const NAME = 'gateway.observability.svc.cluster.local';
/** nginx run by root would hand its workers to another user, who cannot read the test's files. */
const asIs = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];
const plan = examplePlan('startup', { tls: { issuer: 'internal' } });

/** Stands in for Loki: answers with the name that it was called by. */
async function store(authority: string, certificate: CertificatePlan): Promise<number> {
  const own = mkdtempSync(join(folder, 'store-'));
  issue(authority, certificate, own);
  const server: Server = createServer(
    { cert: readFileSync(join(own, 'tls.crt')), key: readFileSync(join(own, 'tls.key')) },
    ({ socket }, response) => {
      response.end('servername' in socket ? String(socket.servername) : 'no name');
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Its ports, and its folder of certificates. */
interface Started {
  readonly port: number;
  readonly grpcPort: number;
  readonly own: string;
}

/** nginx with what the cluster's gateway has, in front of one Loki and one Tempo. */
async function startNginx(authority: string, loki: number, tempo = 9): Promise<Started> {
  const home = mkdtempSync(join(folder, 'nginx-'));
  const own = join(home, 'tls');
  mkdirSync(join(home, 'tmp'));
  issue(authority, certificateOf(plan, 'gateway-tls'), own);
  const password = createHash('sha1').update('one').digest('base64');
  writeFileSync(join(home, 'htpasswd'), `main:{SHA}${password}\n`);
  const [port, grpcPort] = [await freePort(), await freePort()];
  const routes = gatewayRoutes(plan).map((route) => ({
    ...route,
    upstream: route.upstream.replace(/^(loki\..*):\d+$/, `$1:${String(loki)}`),
  }));
  const grpc = grpcRoutes(plan).map((route) => ({
    ...route,
    upstream: route.upstream.replace(/^(tempo\..*):\d+$/, `$1:${String(tempo)}`),
  }));
  const { credentials, gateway: limits } = plan;
  const text = nginxConf(
    { http: routes, grpc },
    { credentials, limits: limits! },
    {
      listen: `127.0.0.1:${String(port)}`,
      listenCertificates: '127.0.0.1:0',
      listenGrpc: `127.0.0.1:${String(grpcPort)}`,
      listenGrpcCertificates: '127.0.0.1:0',
      resolver: `127.0.0.1:${String(await loopbackDns())}`,
      files: {
        passwords: join(home, 'htpasswd'),
        tokens: join(home, 'tokens'),
        clientAuthority: join(home, 'client-ca.crt'),
        certificate: join(home, 'tls.crt'),
        certificateKey: join(home, 'tls.key'),
      },
      tmp: join(home, 'tmp'),
      tls: own,
    },
  );
  // Node's pipes are sockets, which nobody can open by a path.
  writeFileSync(join(home, 'nginx.conf'), text.replace('/dev/stdout', join(home, 'access.log')));
  const started = start(nginx!, ['-c', join(home, 'nginx.conf'), '-e', 'stderr', ...asIs], home, {}, 'SIGTERM');
  const state = () =>
    ask({ port, path: '/healthz', name: NAME, trust: own }).then(
      ({ status }) => status,
      (error: unknown) => `${String(error)} ${started.log()}`,
    );
  await expect.poll(state, { timeout: 10_000 }).toBe(200);
  return { port, grpcPort, own };
}

const query = (port: number, own: string) =>
  ask({
    ...{ port, path: '/loki/api/v1/labels', name: NAME, trust: own },
    headers: { Authorization: `Basic ${Buffer.from('main:one').toString('base64')}` },
  });

describe.skipIf(nginx === undefined)('the real nginx with TLS (skipped where none is on PATH)', () => {
  it('is HTTPS only, and calls a store by its name', { timeout: 30_000 }, async () => {
    const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    const { port, own } = await startNginx(authority, await store(authority, certificateOf(plan, 'loki-tls')));
    expect(await query(port, own)).toEqual({ status: 200, text: 'loki.observability.svc.cluster.local' });
    expect((await ask({ port, path: '/loki/api/v1/labels', name: NAME, trust: own })).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${String(port)}/healthz`)).status).toBe(400);
    await expect(ask({ port, path: '/healthz', name: NAME })).rejects.toThrow(/certificate/);
  });

  it.each([
    ['by its name', 'tempo-tls', 0],
    ['not the certificate of another store', 'loki-tls', 14],
  ])('takes gRPC by TLS, and calls a receiver by TLS: %s', { timeout: 30_000 }, async (_, certificate, wanted) => {
    const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    const there = mkdtempSync(join(folder, 'store-'));
    issue(authority, certificateOf(plan, certificate), there);
    const tls = { cert: readFileSync(join(there, 'tls.crt')), key: readFileSync(join(there, 'tls.key')) };
    const seen: string[] = [];
    const store = await serveGrpc(({ headers }) => {
      seen.push(String(headers['x-scope-orgid']));
      return { code: 0 };
    }, tls);
    onTestFinished(store.close);
    const { grpcPort, own } = await startNginx(authority, 9, store.port);
    const push = (password: string) =>
      callGrpc({
        url: `https://127.0.0.1:${String(grpcPort)}`,
        path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
        metadata: { authorization: `Basic ${Buffer.from(`main:${password}`).toString('base64')}` },
        tls: { ca: readFileSync(join(own, 'ca.crt')), servername: NAME },
      });
    expect((await push('one')).code).toBe(wanted);
    expect((await push('two')).code).toBe(16);
    expect(seen).toEqual(wanted === 0 ? ['main'] : []);
  });

  it('takes a renewed certificate without a reload', { timeout: 30_000 }, async () => {
    const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    const { port, own } = await startNginx(authority, 9);
    const before = await serialOf(port, NAME, own);
    issue(authority, certificateOf(plan, 'gateway-tls'), own);
    const after = await serialOf(port, NAME, own);
    expect(after).not.toBe(before);
    // By address too, as kubelets ask.
    expect((await ask({ port, path: '/healthz', name: NAME, trust: own })).status).toBe(200);
  });

  it.each([
    ['of another store', 'mimir-tls', 'own'],
    ['of another CA', 'loki-tls', 'strange'],
  ])('passes nothing on to a certificate %s', { timeout: 30_000 }, async (_, certificate, by) => {
    const authority = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    const strange = makeAuthority(mkdtempSync(join(folder, 'ca-')));
    const loki = await store(by === 'own' ? authority : strange, certificateOf(plan, certificate));
    const { port, own } = await startNginx(authority, loki);
    expect((await query(port, own)).status).toBe(502);
  });
});
