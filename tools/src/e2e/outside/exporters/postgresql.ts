import { execFileSync } from 'node:child_process';
import { chownSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { mustRun, type User } from '../../programs.ts';
import { answering, startDaemon } from '../daemon.ts';
import { temporaryFolder } from '../folders.ts';
import type { Exporter } from './exporter.ts';

const INITDB = 'initdb';
const PROGRAM = 'prometheus-postgres-exporter';
const LOOPBACK = '127.0.0.1';
/** Owner of the database, in it; on the machine it is another. */
const OWNER = 'postgres';

/** PostgreSQL, on loopback, and its exporter, which says of it that it is up. */
export const postgresql: Exporter = {
  programs: { [INITDB]: 'postgresql', [PROGRAM]: PROGRAM },
  start: async ({ address, cleanup, env }, find) => {
    const user = nobody();
    const folder = temporaryFolder(cleanup, 'postgresql');
    if (user !== undefined) chownSync(folder, user.uid, user.gid);
    const data = join(folder, 'data');
    const initdb = realpathSync(find(INITDB));
    await mustRun(
      initdb,
      [`--pgdata=${data}`, `--username=${OWNER}`, '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'],
      { cwd: '/', env: { ...env }, ...(user !== undefined && { user }) },
    );
    const port = String(await freePort(LOOPBACK));
    const server = startDaemon(
      cleanup,
      // Of the same version: the one on PATH may be another.
      join(dirname(initdb), 'postgres'),
      ['-D', data, '-h', LOOPBACK, '-p', port, '-k', '', '-F'],
      { env, ...(user !== undefined && { user }) },
    );
    // Its children write until they are gone, too.
    cleanup.add(() => {
      const args = ['stop', '--pgdata', data, '--mode', 'immediate', '--silent'];
      execFileSync(join(dirname(initdb), 'pg_ctl'), args, { cwd: '/', env: { ...process.env, ...env }, ...user });
    });
    const at = `${address}:${await freePort(address)}`;
    const exporter = startDaemon(cleanup, find(PROGRAM), [`--web.listen-address=${at}`], {
      env: { ...env, DATA_SOURCE_NAME: `postgresql://${OWNER}@${LOOPBACK}:${port}/postgres?sslmode=disable` },
    });
    await answering([exporter, server], `http://${at}/metrics`, 40, (text) => /^pg_up 1$/m.test(text));
    return at;
  },
};

/** PostgreSQL refuses to run as root. */
function nobody(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
