import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { answering, startDaemon } from '../daemon.ts';
import { temporaryFolder } from '../folders.ts';
import type { Exporter } from './exporter.ts';

const SERVER = 'redis-server';
const PROGRAM = 'prometheus-redis-exporter';
const LOOPBACK = '127.0.0.1';

/** Redis, on loopback and without anything on disk, and its exporter, which says of it that it is up. */
export const redis: Exporter = {
  programs: { [SERVER]: SERVER, [PROGRAM]: PROGRAM },
  start: async ({ address, cleanup, env }, find) => {
    const port = String(await freePort(LOOPBACK));
    const folder = temporaryFolder(cleanup, 'redis');
    const options = { bind: LOOPBACK, port, dir: folder, save: '', appendonly: 'no' };
    const server = startDaemon(
      cleanup,
      find(SERVER),
      Object.entries(options).flatMap(([key, value]) => [`--${key}`, value]),
      { env },
    );
    const at = `${address}:${await freePort(address)}`;
    const exporter = startDaemon(
      cleanup,
      find(PROGRAM),
      [`-web.listen-address=${at}`, `-redis.addr=redis://${LOOPBACK}:${port}`],
      { env },
    );
    await answering([exporter, server], `http://${at}/metrics`, 20, (text) => /^redis_up 1$/m.test(text));
    return at;
  },
};
