import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Plan } from '@lgtm-fleet/plan';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { examplePlan } from '../testing/checkout.ts';
import { findProgram, freePort, temporaryFolder } from '../testing/programs.ts';
import { nginxConf, type GatewayPlaces } from './config.ts';
import { gatewayRoutes } from './routes.ts';

/** Not named by $NGINX: nginx itself reads sockets from that. Debian puts it outside of most users' PATH. */
const nginx = findProgram('nginx', ['/usr/sbin', '/usr/local/sbin']);
const folder = temporaryFolder('gateway');
const passwordFile = join(folder, 'htpasswd');
const sha = (password: string) => `{SHA}${createHash('sha1').update(password).digest('base64')}`;
writeFileSync(passwordFile, `platform:${sha('one')}\npayments:${sha('two')}\n`);

/** nginx run by root would hand its workers to another user, who cannot read the test's files. */
const asIs = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];

function written(
  of: Plan,
  places: Pick<GatewayPlaces, 'listen' | 'resolver'>,
  portOf: (host: string) => number | undefined,
): string {
  const routes = gatewayRoutes(of).map((route) => {
    const port = portOf(route.upstream);
    return port === undefined ? route : { ...route, upstream: route.upstream.replace(/\d+$/, String(port)) };
  });
  const file = join(folder, `${of.cluster}.conf`);
  writeFileSync(file, nginxConf(routes, { ...places, passwordFile, tmp: folder }));
  return file;
}

/** DNS for names of one IPv4 address; says that there is no such name until it is told to. */
function dns(state: { known: boolean }): Socket {
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => {
    const end = query.indexOf(0, 12) + 5;
    const isA = query.readUInt16BE(end - 4) === 1;
    const answers = state.known && isA ? 1 : 0;
    const head = Buffer.from(query.subarray(0, end));
    head.writeUInt16BE(state.known ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(answers, 6);
    head.writeUInt32BE(0, 8);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
    socket.send(answers === 1 ? Buffer.concat([head, answer]) : head, peer.port, peer.address);
  });
  return socket;
}

interface Seen {
  readonly upstream: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Stands in for a store: says what reached it. */
async function store(upstream: string): Promise<Server> {
  const server = createServer((incoming, response) => {
    const seen: Seen = { upstream, url: incoming.url ?? '', headers: incoming.headers };
    response.end(JSON.stringify(seen));
  });
  server.on('upgrade', (incoming, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Seen-Tenant: ${String(incoming.headers['x-scope-orgid'])}\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe.skipIf(nginx === undefined)('the real nginx (skipped where none is on PATH)', () => {
  it.each(['home-lab', 'startup', 'prod-eu'])('accepts the file of %s', async (name) => {
    const file = written(
      examplePlan(name),
      { listen: `127.0.0.1:${String(await freePort())}`, resolver: '127.0.0.1:53' },
      () => undefined,
    );
    const output = join(folder, `${name}.log`);
    // Files and not pipes: nginx opens /dev/stdout, which it cannot where that is a socket.
    const descriptor = openSync(output, 'w');
    const { status } = spawnSync(nginx!, ['-t', '-q', '-c', file, ...asIs], {
      stdio: ['ignore', descriptor, descriptor],
    });
    closeSync(descriptor);
    expect([status, readFileSync(output, 'utf8')]).toEqual([0, '']);
  });

  describe('in front of stores', () => {
    const names = { known: false };
    const socket = dns(names);
    const stores = new Map<string, Server>();
    const log = join(folder, 'log');
    let port = 0;
    let running: ChildProcess | undefined;

    beforeAll(async () => {
      const of = examplePlan('prod-eu');
      for (const { upstream } of gatewayRoutes(of))
        if (!stores.has(upstream)) stores.set(upstream, await store(upstream.split('.')[0] ?? ''));
      await new Promise<void>((resolve) => {
        socket.bind(0, '127.0.0.1', resolve);
      });
      port = await freePort();
      const file = written(
        of,
        { listen: `127.0.0.1:${String(port)}`, resolver: `127.0.0.1:${String(socket.address().port)}` },
        (upstream) => (stores.get(upstream)?.address() as AddressInfo).port,
      );
      const output = openSync(log, 'w');
      running = spawn(nginx!, ['-c', file, ...asIs], { stdio: ['ignore', output, output] });
      closeSync(output);
      await vi.waitFor(
        async () => {
          expect((await ask('/healthz', {})).status).toBe(200);
        },
        { timeout: 5000 },
      );
    });

    afterAll(async () => {
      if (running !== undefined) {
        const stopped = new Promise((resolve) => running?.once('exit', resolve));
        running.kill('SIGTERM');
        await stopped;
      }
      for (const server of stores.values()) server.close();
      socket.close();
    });

    function ask(
      path: string,
      headers: OutgoingHttpHeaders,
      method = 'GET',
    ): Promise<{ status: number; body: string; headers: OutgoingHttpHeaders }> {
      return new Promise((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (part: string) => (body += part));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, body, headers: response.headers });
          });
        });
        sent.on('upgrade', (response, stream) => {
          stream.destroy();
          resolve({ status: response.statusCode ?? 0, body: '', headers: response.headers });
        });
        sent.on('error', reject).end();
      });
    }
    const basic = (user: string, password: string) => ({
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    });
    const seen = async (path: string, headers: OutgoingHttpHeaders = {}, method = 'GET') => {
      const { status, body } = await ask(path, { ...basic('platform', 'one'), ...headers }, method);
      expect(status, path).toBe(200);
      return JSON.parse(body) as Seen;
    };

    it('starts before the stores are known, and finds them when they are', async () => {
      expect((await ask('/loki/api/v1/query', basic('platform', 'one'))).status).toBe(502);
      names.known = true;
      // A name that was not there is remembered for `valid=10s` at most.
      await expect
        .poll(async () => (await ask('/loki/api/v1/query', basic('platform', 'one'))).status, {
          timeout: 15_000,
          interval: 500,
        })
        .toBe(200);
    }, 20_000);

    it('makes the tenant of who signed in, whatever the client says', async () => {
      expect((await seen('/api/v1/push', {}, 'POST')).headers['x-scope-orgid']).toBe('platform');
      expect((await seen('/api/v1/push', basic('payments', 'two'), 'POST')).headers['x-scope-orgid']).toBe('payments');
      for (const spoofed of ['X-Scope-OrgID', 'x-scope-orgid', 'X-SCOPE-ORGID']) {
        expect((await seen('/loki/api/v1/push', { [spoofed]: 'payments' }, 'POST')).headers['x-scope-orgid']).toBe(
          'platform',
        );
        expect(
          (await seen('/loki/api/v1/push', { [spoofed]: ['payments', 'payments|platform'] }, 'POST')).headers[
            'x-scope-orgid'
          ],
        ).toBe('platform');
      }
      expect((await seen('/loki/api/v1/push', { x_scope_orgid: 'payments' }, 'POST')).headers).not.toHaveProperty(
        'x_scope_orgid',
      );
    });

    it('keeps the password to itself', async () => {
      expect((await seen('/tempo/api/search')).headers).not.toHaveProperty('authorization');
    });

    it.each([
      ['none', {}],
      ['a wrong password', basic('platform', 'two')],
      ['an unknown tenant', basic('nobody', 'one')],
      ['a token', { authorization: 'Bearer one' }],
      ['a tenant but no password', { 'x-scope-orgid': 'platform' }],
    ])('refuses with 401: %s', async (_, headers) => {
      for (const path of [
        '/api/v1/push',
        '/loki/api/v1/query',
        '/loki/api/v1/tail',
        '/tempo/api/search',
        '/otlp/v1/traces',
      ])
        expect((await ask(path, headers)).status, path).toBe(401);
    });

    it.each([
      '/',
      '/config',
      '/ring',
      '/memberlist',
      '/flush',
      '/ingester/shutdown',
      '/distributor/ring',
      '/compactor/delete_tenant',
      '/multitenant_alertmanager/configs',
      '/tempo/flush',
      '/loki/config',
      '/metrics',
    ])('has no %s', async (path) => {
      expect((await ask(path, basic('platform', 'one'), 'POST')).status).toBe(404);
    });

    it.each([
      '/loki/api/v1/rules/../../../flush',
      '/loki/api/v1/rules/%2e%2e/%2e%2e/%2e%2e/%2e%2e/flush',
      '/loki/api/v1/rules/..%2f..%2f..%2f..%2fflush',
      '/flush/../loki/api/v1/push',
      '//flush',
      '/loki/api/v1/rules//../../../../config',
      '/loki/api/v1/label/x/../../../../../ingester/shutdown/../values',
      '/alertmanager/..%2fconfig',
      '/loki/api/v1/query%0a',
      '/tempo/api/traces/%5c..%5c..%5cflush',
    ])('refuses what could be read in two ways: %s', async (path) => {
      expect((await ask(path, basic('platform', 'one'))).status).toBe(400);
    });

    it('passes paths and queries on as they came', async () => {
      expect(await seen('/loki/api/v1/query_range?query=%7Ba%3D%22..%2F%2Fb%22%7D')).toMatchObject({
        upstream: 'loki-query-frontend',
        url: '/loki/api/v1/query_range?query=%7Ba%3D%22..%2F%2Fb%22%7D',
      });
      expect(await seen('/prometheus/config/v1/rules/team%2Fa')).toMatchObject({
        upstream: 'mimir-ruler',
        url: '/prometheus/config/v1/rules/team%2Fa',
      });
      expect(await seen('/tempo/api/v2/search/tag/span.http%2Froute/values?q=%7B%7D')).toMatchObject({
        upstream: 'tempo-query-frontend',
        url: '/api/v2/search/tag/span.http%2Froute/values?q=%7B%7D',
      });
      expect(await seen('/loki/loki/api/v1/labels?start=1')).toMatchObject({
        upstream: 'loki-query-frontend',
        url: '/loki/api/v1/labels?start=1',
      });
      expect(await seen('/loki/prometheus/api/v1/rules')).toMatchObject({
        upstream: 'loki-ruler',
        url: '/prometheus/api/v1/rules',
      });
      expect(await seen('/otlp/v1/traces?x=1', {}, 'POST')).toMatchObject({
        upstream: 'tempo-distributor',
        url: '/v1/traces?x=1',
      });
    });

    it('tails over a WebSocket, and opens no other tunnel', async () => {
      const upgrade = { ...basic('platform', 'one'), connection: 'Upgrade', 'x-scope-orgid': 'payments' };
      const tail = await ask('/loki/api/v1/tail?query=x', { ...upgrade, upgrade: 'websocket' });
      expect([tail.status, tail.headers['x-seen-tenant']]).toEqual([101, 'platform']);
      const tunnel = await ask('/loki/api/v1/query', { ...upgrade, upgrade: 'h2c' });
      expect(tunnel.status).toBe(200);
      expect((JSON.parse(tunnel.body) as Seen).headers).not.toHaveProperty('upgrade');
    });

    it('logs failures as JSON, without credentials', async () => {
      await ask('/config?token=s3cret', basic('platform', 'one'));
      const lines = () =>
        readFileSync(log, 'utf8')
          .split('\n')
          .filter((line) => line.startsWith('{'));
      await expect.poll(() => lines().length).toBeGreaterThan(0);
      const last = JSON.parse(lines().at(-1)!) as Record<string, string>;
      expect(last).toMatchObject({ tenant: 'platform', path: '/config', status: '404' });
      const text = readFileSync(log, 'utf8');
      for (const secret of ['s3cret', Buffer.from('platform:one').toString('base64'), 'Basic'])
        expect(text).not.toContain(secret);
    });
  });
});
