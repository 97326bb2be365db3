import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { CertificatePlan, Plan } from '@lgtm-fleet/plan';
import { expect } from 'vitest';
import { findProgram } from '@lgtm-fleet/queries/testing';
import { type Started } from './programs.ts';

export const openssl = findProgram('openssl', ['/usr/bin']);

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function run(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(openssl ?? 'openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
}

/** A CA of its own in a folder. */
export function makeAuthority(folder: string): string {
  mkdirSync(folder, { recursive: true });
  run(folder, 'req', '-x509', ...EC, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=test', '-days', '2');
  return folder;
}

/** What cert-manager would put into the Secret of a planned certificate; the CA of another may be told. */
export function issue(authority: string, { dnsNames, usages }: CertificatePlan, into: string): void {
  mkdirSync(into, { recursive: true });
  const purposes = [
    ...(usages.includes('server auth') ? ['serverAuth'] : []),
    ...(usages.includes('client auth') ? ['clientAuth'] : []),
  ];
  const names = dnsNames.map((name) => `DNS:${name}`).join(',');
  writeFileSync(join(into, 'ext'), `subjectAltName=${names}\nextendedKeyUsage=${purposes.join(',')}\n`);
  run(into, 'req', '-new', ...EC, '-keyout', 'next.key', '-out', 'csr', '-subj', '/');
  const ca = ['-CA', join(authority, 'ca.crt'), '-CAkey', join(authority, 'ca.key'), '-CAcreateserial'];
  run(into, 'x509', '-req', '-in', 'csr', ...ca, '-days', '1', '-extfile', 'ext', '-out', 'next.crt');
  publish(into, authority);
}

/** As a kubelet does it: a new folder, and one link that turns to it, so that certificate and key change together. */
function publish(into: string, authority: string): void {
  const folder = mkdtempSync(join(into, '..data-'));
  renameSync(join(into, 'next.crt'), join(folder, 'tls.crt'));
  renameSync(join(into, 'next.key'), join(folder, 'tls.key'));
  copyFileSync(join(authority, 'ca.crt'), join(folder, 'ca.crt'));
  symlinkSync(folder, join(into, '..next'));
  renameSync(join(into, '..next'), join(into, '..data'));
  for (const name of ['tls.crt', 'tls.key', 'ca.crt'])
    if (!existsSync(join(into, name))) symlinkSync(join('..data', name), join(into, name));
}

export interface Ask {
  readonly port: number;
  readonly path: string;
  /** The name that must answer. */
  readonly name: string;
  /** Folder with the CA; without it the system's own are asked. */
  readonly trust?: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request over HTTPS to loopback, on a connection of its own. */
export function ask({ port, path, name, trust, method = 'GET', headers = {}, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers,
        servername: name,
        agent: false,
        timeout: 10_000,
        ...(trust !== undefined && { ca: readFileSync(join(trust, 'ca.crt')) }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.end(body);
  });
}

/** Serial number of the certificate that a port shows to who asks for this name. */
export function serialOf(port: number, name: string, folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(
      {
        host: '127.0.0.1',
        port,
        servername: name,
        ALPNProtocols: ['h2', 'http/1.1'],
        ca: readFileSync(join(folder, 'ca.crt')),
        cert: readFileSync(join(folder, 'tls.crt')),
        key: readFileSync(join(folder, 'tls.key')),
      },
      () => {
        resolve(socket.getPeerCertificate().serialNumber);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}

/** What becomes of a connection whose caller shows the certificate of this folder, or none. */
export function admitted(port: number, name: string, ca: string, own?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: name,
      ALPNProtocols: ['h2'],
      ca: readFileSync(join(ca, 'ca.crt')),
      ...(own !== undefined && { cert: readFileSync(join(own, 'tls.crt')), key: readFileSync(join(own, 'tls.key')) }),
    });
    // HTTP/2 begins with the server's settings; who is refused hears an alert instead.
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => {
      resolve(false);
    });
    socket.once('secureConnect', () =>
      socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000'),
    );
  });
}

/** A certificate of a plan, by its name. */
export function certificateOf(plan: Plan, name: string): CertificatePlan {
  const found = plan.certificates.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${plan.cluster} has no certificate ${name}`);
  return found;
}

export interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly gossip: number;
}

export async function freePorts(): Promise<Ports> {
  return { http: await freePort(), grpc: await freePort(), gossip: await freePort() };
}

/** Waits for 200 over HTTPS. */
export async function readyWithTls(
  { child, log }: Started,
  where: Pick<Ask, 'port' | 'name' | 'trust'>,
): Promise<void> {
  const state = () =>
    child.exitCode === null
      ? ask({ ...where, path: '/ready' }).then(
          ({ status, text }) => `${String(status)} ${text}`,
          (error: unknown) => String(error),
        )
      : Promise.resolve(`it ended: ${log().slice(-1500)}`);
  await expect.poll(state, { timeout: 60_000, interval: 300 }).toMatch(/^200 /);
}

/** Plain HTTP to a port with TLS, as a Go program answers it. */
export async function refusesPlain(port: number): Promise<void> {
  const plain = await fetch(`http://127.0.0.1:${String(port)}/ready`);
  expect([plain.status, await plain.text()]).toEqual([400, 'Client sent an HTTP request to an HTTPS server.\n']);
}
