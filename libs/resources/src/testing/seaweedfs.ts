import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { expect } from 'vitest';
import { start } from './programs.ts';

/**
 * Object storage with the S3 API, for as long as the test runs: for who has these keys, and for who has none.
 *
 * @returns `host:port`, once the buckets are there
 */
export async function startSeaweedfs(
  program: string,
  home: string,
  keys: { readonly accessKey: string; readonly secretKey: string },
  buckets: readonly string[],
): Promise<string> {
  const folder = join(home, 'seaweedfs');
  mkdirSync(folder);
  const actions = ['Admin', 'Read', 'Write', 'List'];
  const identities = [
    { name: 'store', credentials: [keys], actions },
    { name: 'anonymous', actions },
  ];
  writeFileSync(join(home, 'identities.json'), JSON.stringify({ identities }));
  const roles = ['master.port', 'master.port.grpc', 'volume.port', 'volume.port.grpc', 'filer.port', 'filer.port.grpc'];
  const ports = await Promise.all(roles.map(async (role) => `-${role}=${String(await freePort())}`));
  const [s3, grpc] = [await freePort(), await freePort()];
  const own = [`-s3.port=${String(s3)}`, `-s3.port.grpc=${String(grpc)}`, '-s3.port.iceberg=0', '-s3.port.lance=0'];
  const known = `-s3.config=${join(home, 'identities.json')}`;
  const bound = ['-ip=127.0.0.1', '-ip.bind=127.0.0.1', `-dir=${folder}`, '-volume.max=10', '-master.telemetry=false'];
  start(program, ['server', '-s3', known, ...bound, ...ports, ...own], home, { HOME: home });
  const endpoint = `127.0.0.1:${String(s3)}`;
  for (const bucket of buckets) {
    const make = () => fetch(`http://${endpoint}/${bucket}`, { method: 'PUT' }).then(({ status }) => status, String);
    await expect.poll(make, { timeout: 30_000, interval: 500 }).toBe(200);
  }
  return endpoint;
}

/** Keys of the objects of a bucket that begin so. */
export async function keysOf(endpoint: string, bucket: string, prefix = ''): Promise<readonly string[]> {
  const query = new URLSearchParams({ 'list-type': '2', prefix });
  const text = await (await fetch(`http://${endpoint}/${bucket}?${query.toString()}`)).text();
  return [...text.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key);
}

/** Every file of a folder becomes the object of the same path. */
export async function copyInto(endpoint: string, bucket: string, folder: string): Promise<void> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const url = `http://${endpoint}/${bucket}/${relative(folder, path)}`;
    expect((await fetch(url, { method: 'PUT', body: readFileSync(path) })).status, url).toBe(200);
  }
}
