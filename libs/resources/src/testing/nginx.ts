import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import { request as secureRequest, type RequestOptions } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Plan } from '@lgtm-fleet/plan';
import { expect, vi } from 'vitest';
import { findProgram } from '@lgtm-fleet/queries/testing';
import { freePort } from './programs.ts';
import { nginxConf } from '../gateway/config.ts';
import { gatewayRoutes } from '../gateway/routes.ts';
import type { CredentialFiles } from '../gateway/senders.ts';
import { writeCredentials, type Shown } from './credential-files.ts';

/** Not named by $NGINX: nginx itself reads sockets from that. Debian puts it outside of most users' PATH. */
export const nginx = findProgram('nginx', ['/usr/sbin', '/usr/local/sbin']);

/** nginx run by root would hand its workers to another user, who cannot read the test's files. */
const asIs = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: OutgoingHttpHeaders;
}

/** What reached a store. */
export interface Seen {
  readonly upstream: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Identity {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface RunningGateway {
  readonly port: number;
  readonly ask: (
    path: string,
    headers?: OutgoingHttpHeaders,
    method?: string,
    tls?: Identity,
    body?: string,
  ) => Promise<Answer>;
  /** Sends bytes as they are, and gives all that comes back until the gateway closes or nothing comes any more. */
  readonly raw: (bytes: string) => Promise<string>;
  /** Requests that reached a store, in their order. */
  readonly seen: readonly Seen[];
  /** The names of stores are known from now on. */
  readonly know: () => void;
  readonly files: CredentialFiles;
  /** Lets it start anew with its files, as a rollout does: what is under way is answered. */
  readonly reload: () => void;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export function basic(user: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

export function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` };
}

interface Where {
  readonly port: number;
  readonly tlsPort: number;
  readonly resolver: string;
  readonly portOf: (upstream: string) => number | undefined;
}

/** Where its credentials lie; a name for each cluster, since tests share a folder. */
function filesOf(folder: string, { cluster }: Plan): CredentialFiles {
  const at = (name: string) => join(folder, `${cluster}.${name}`);
  return {
    passwords: at('htpasswd'),
    tokens: at('tokens'),
    clientAuthority: at('client-ca.crt'),
    certificate: at('tls.crt'),
    certificateKey: at('tls.key'),
  };
}

function written(folder: string, plan: Plan, shown: Shown, { port, tlsPort, resolver, portOf }: Where): string {
  const files = filesOf(folder, plan);
  writeCredentials(files, shown);
  const routes = gatewayRoutes(plan).map((route) => {
    const there = portOf(route.upstream);
    return there === undefined ? route : { ...route, upstream: route.upstream.replace(/\d+$/, String(there)) };
  });
  const { credentials, gateway: limits } = plan;
  if (limits === undefined) throw new Error(`${plan.cluster} has no gateway`);
  const places = {
    listen: `127.0.0.1:${String(port)}`,
    listenCertificates: `127.0.0.1:${String(tlsPort)}`,
    resolver,
    files,
    tmp: folder,
  };
  const path = join(folder, `${plan.cluster}.conf`);
  writeFileSync(path, nginxConf(routes, { credentials, limits }, places));
  return path;
}

/** What nginx itself says of the file of a plan: its exit code and every complaint. */
export async function tested(folder: string, plan: Plan, shown: Shown): Promise<readonly [number | null, string]> {
  const where = {
    port: await freePort(),
    tlsPort: await freePort(),
    resolver: '127.0.0.1:53',
    portOf: () => undefined,
  };
  const file = written(folder, plan, shown, where);
  const output = `${file}.log`;
  // Files and not pipes: nginx opens /dev/stdout, which it cannot where that is a socket.
  const descriptor = openSync(output, 'w');
  const { status } = spawnSync(nginx ?? '', ['-t', '-q', '-c', file, ...asIs], {
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  return [status, readFileSync(output, 'utf8')];
}

/** Starts the real nginx with the file of a plan, in front of stores that say what reached them. */
export async function startGateway(folder: string, plan: Plan, shown: Shown, known = true): Promise<RunningGateway> {
  const names = { known };
  const socket = dns(names);
  const seen: Seen[] = [];
  const stores = new Map<string, Server>();
  for (const { upstream } of gatewayRoutes(plan))
    if (!stores.has(upstream)) stores.set(upstream, await store(upstream.split('.')[0] ?? '', seen));
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const port = await freePort();
  const tlsPort = await freePort();
  const file = written(folder, plan, shown, {
    port,
    tlsPort,
    resolver: `127.0.0.1:${String(socket.address().port)}`,
    portOf: (upstream) => (stores.get(upstream)?.address() as AddressInfo).port,
  });
  const log = `${file}.log`;
  const output = openSync(log, 'w');
  const running = spawn(nginx ?? '', ['-c', file, ...asIs], { stdio: ['ignore', output, output] });
  closeSync(output);
  const ask: RunningGateway['ask'] = (path, headers = {}, method = 'GET', tls, body) =>
    asked(
      { host: '127.0.0.1', port: tls === undefined ? port : tlsPort, path, method, headers, agent: false },
      tls,
      body,
    );
  const stop = () => stopped(running, stores, socket);
  try {
    await vi.waitFor(
      async () => {
        expect((await ask('/healthz')).status).toBe(200);
      },
      { timeout: 5000 },
    );
  } catch (error) {
    await stop();
    throw new Error(`nginx did not start: ${readFileSync(log, 'utf8')}`, { cause: error });
  }
  return {
    port,
    ask,
    raw: (bytes) => rawly(port, bytes),
    seen,
    know: () => {
      names.known = true;
    },
    files: filesOf(folder, plan),
    reload: () => {
      running.kill('SIGHUP');
    },
    log: () => readFileSync(log, 'utf8'),
    stop,
  };
}

async function stopped(running: ChildProcess, stores: ReadonlyMap<string, Server>, socket: Socket): Promise<void> {
  if (running.exitCode === null && running.signalCode === null) {
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  }
  for (const server of stores.values()) {
    server.closeAllConnections();
    server.close();
  }
  socket.close();
}

function asked(options: RequestOptions, tls: Identity | undefined, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Its certificate is the test's own; whether a client knows it is not what is tested.
    const sent =
      tls === undefined ? request(options) : secureRequest({ ...options, ...tls, rejectUnauthorized: false });
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers });
      });
    });
    sent.on('upgrade', (response, stream) => {
      stream.destroy();
      resolve({ status: response.statusCode ?? 0, body: '', headers: response.headers });
    });
    sent.on('error', reject).end(body);
  });
}

function rawly(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    socket.setTimeout(3000, () => {
      socket.destroy();
      resolve(text);
    });
    socket.on('error', reject).on('close', () => {
      resolve(text);
    });
    socket.write(bytes, 'latin1');
  });
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

/** Stands in for a store: says what reached it. */
async function store(upstream: string, all: Seen[]): Promise<Server> {
  const note = ({ method = '', url = '', headers }: IncomingMessage): Seen => {
    const seen = { upstream, method, url, headers };
    all.push(seen);
    return seen;
  };
  // As long as the gateway takes them.
  const server = createServer({ maxHeaderSize: 256 * 1024 }, (incoming, response) => {
    const seen = note(incoming);
    incoming.resume().on('end', () => response.end(JSON.stringify(seen)));
  });
  server.on('upgrade', (incoming, socket) => {
    note(incoming);
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Seen-Tenant: ${String(incoming.headers['x-scope-orgid'])}\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
