import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { request as secureRequest, type RequestOptions } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { Plan } from '@lgtm-fleet/plan';
import { expect, vi } from 'vitest';
import { findProgram } from '@lgtm-fleet/queries/testing';
import type { Saying, Standing } from './grpc.ts';
import { grpcStore, store, type Seen } from './stores.ts';
import { nginxConf } from '../gateway/config.ts';
import { grpcRoutes } from '../gateway/grpc-routes.ts';
import { gatewayRoutes } from '../gateway/routes.ts';
import type { CredentialFiles } from '../gateway/senders.ts';
import { writeCredentials, type Shown } from './credential-files.ts';

/** Not named by $NGINX: nginx itself reads sockets from that. Debian puts it outside of most users' PATH. */
export const nginx = findProgram('nginx', ['/usr/sbin', '/usr/local/sbin']);

/** nginx run by root would hand its workers to another user, who cannot read the test's files. */
export const asIs = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: OutgoingHttpHeaders;
}

export interface Identity {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface RunningGateway {
  readonly port: number;
  /** Of gRPC, and of gRPC with client certificates. */
  readonly grpcPort: number;
  readonly grpcTlsPort: number;
  /** Where those come who show a client certificate. */
  readonly tlsPort: number;
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

export interface Behind {
  /** Ports of programs that are there, by host and port of what they stand for, or by the name of its Service. */
  readonly ports?: ReadonlyMap<string, number>;
  readonly services?: Readonly<Record<string, number>>;
  /** What those say that take gRPC; that all is well, where nobody says otherwise. */
  readonly saying?: Saying;
}

interface Where {
  readonly port: number;
  readonly tlsPort: number;
  readonly grpcPort: number;
  readonly grpcTlsPort: number;
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

function written(folder: string, plan: Plan, shown: Shown, where: Where): string {
  const { port, tlsPort, grpcPort, grpcTlsPort, resolver, portOf } = where;
  const files = filesOf(folder, plan);
  writeCredentials(files, shown);
  const here = <Route extends { readonly upstream: string }>(route: Route): Route => {
    const there = portOf(route.upstream);
    return there === undefined ? route : { ...route, upstream: route.upstream.replace(/\d+$/, String(there)) };
  };
  const routes = { http: gatewayRoutes(plan).map(here), grpc: grpcRoutes(plan).map(here) };
  const { credentials, gateway: limits } = plan;
  if (limits === undefined) throw new Error(`${plan.cluster} has no gateway`);
  const places = {
    listen: `127.0.0.1:${String(port)}`,
    listenCertificates: `127.0.0.1:${String(tlsPort)}`,
    listenGrpc: `127.0.0.1:${String(grpcPort)}`,
    listenGrpcCertificates: `127.0.0.1:${String(grpcTlsPort)}`,
    resolver,
    files,
    tmp: folder,
  };
  const path = join(folder, `${plan.cluster}.conf`);
  writeFileSync(path, nginxConf(routes, { credentials, limits }, places));
  return path;
}

/** What nginx says from 1.25 on, whose directive `http2` the older one of the tests does not know. */
const NEWER = /^.*\[warn\].* the "listen \.\.\. http2" directive is deprecated.*\n/gm;

/** What nginx itself says of the file of a plan: its exit code and every complaint. */
export async function tested(folder: string, plan: Plan, shown: Shown): Promise<readonly [number | null, string]> {
  const where = {
    port: await freePort(),
    tlsPort: await freePort(),
    grpcPort: await freePort(),
    grpcTlsPort: await freePort(),
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
  return [status, readFileSync(output, 'utf8').replace(NEWER, '')];
}

/**
 * Starts the real nginx with the file of a plan, in front of stores that say what reached them.
 *
 * @param behind what takes the place of a store, by its host and port: where it listens on loopback
 */
export async function startGateway(
  folder: string,
  plan: Plan,
  shown: Shown,
  known = true,
  behind: Behind = {},
): Promise<RunningGateway> {
  const names = { known };
  const socket = dns(names);
  const seen: Seen[] = [];
  const stores = new Map<string, Standing>();
  for (const { upstream } of gatewayRoutes(plan))
    if (!stores.has(upstream)) stores.set(upstream, await store(upstream.split('.')[0] ?? '', seen));
  for (const { upstream } of grpcRoutes(plan))
    if (!stores.has(upstream)) stores.set(upstream, await grpcStore(upstream.split('.')[0] ?? '', seen, behind.saying));
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const ports = {
    port: await freePort(),
    tlsPort: await freePort(),
    grpcPort: await freePort(),
    grpcTlsPort: await freePort(),
  };
  const { port, tlsPort } = ports;
  const file = written(folder, plan, shown, {
    ...ports,
    resolver: `127.0.0.1:${String(socket.address().port)}`,
    portOf: (upstream) =>
      behind.services?.[upstream.split('.')[0] ?? ''] ?? behind.ports?.get(upstream) ?? stores.get(upstream)?.port,
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
    ...ports,
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

async function stopped(running: ChildProcess, stores: ReadonlyMap<string, Standing>, socket: Socket): Promise<void> {
  if (running.exitCode === null && running.signalCode === null) {
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  }
  for (const { close } of stores.values()) close();
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
