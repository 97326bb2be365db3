import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { until } from '../wait.ts';
import { answering, startDaemon } from './daemon.ts';
import { temporaryFolder } from './folders.ts';
import { type Machine } from './machine.ts';

/** S3 outside of the cluster: what is in it stays when the cluster goes. */
export interface ObjectStorage {
  /** `host:port`, without a scheme. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

const SERVER_ROLES = [
  'master.port',
  'master.port.grpc',
  'volume.port',
  'volume.port.grpc',
  'filer.port',
  'filer.port.grpc',
  's3.port.grpc',
] as const;

/** Starts SeaweedFS at an address of this machine, and makes the buckets. It is gone with the cleanup. */
export async function startObjectStorage(
  { address, cleanup }: Pick<Machine, 'address' | 'cleanup'>,
  program: string,
  buckets: readonly string[],
): Promise<ObjectStorage> {
  const folder = temporaryFolder(cleanup, 'object-storage');
  const data = join(folder, 'data');
  mkdirSync(data);
  const [accessKey, secretKey] = [randomBytes(10).toString('hex'), randomBytes(20).toString('hex')];
  const identities = [
    { name: 'stores', credentials: [{ accessKey, secretKey }], actions: ['Read', 'Write', 'List', 'Tagging'] },
    // Makes the buckets below: nobody signs for that here.
    { name: 'anonymous', actions: ['Admin'] },
  ];
  const known = join(folder, 'identities.json');
  writeFileSync(known, JSON.stringify({ identities }), { mode: 0o600 });
  const ports = await Promise.all(SERVER_ROLES.map(async (role) => `-${role}=${String(await freePort(address))}`));
  const port = String(await freePort(address));
  const endpoint = `${address}:${port}`;
  const daemon = startDaemon(
    cleanup,
    program,
    [
      'server',
      '-s3',
      `-s3.config=${known}`,
      `-s3.port=${port}`,
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      `-ip=${address}`,
      `-ip.bind=${address}`,
      `-dir=${data}`,
      // Seven files for each bucket at once, which take of the disk what is written into them.
      '-volume.max=100',
      '-master.volumeSizeLimitMB=128',
      '-master.telemetry=false',
      ...ports,
    ],
    { env: { HOME: folder } },
  );
  await answering([daemon], `http://${endpoint}/healthz`, 60);
  for (const bucket of buckets)
    await until(`bucket ${bucket}`, { seconds: 60 }, async () => {
      const { status } = await fetch(`http://${endpoint}/${bucket}`, { method: 'PUT' });
      return status === 200 || status === 409 ? true : undefined;
    });
  return { endpoint, accessKey, secretKey };
}
