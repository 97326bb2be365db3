import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { problem, type Problem } from './problem.ts';

/** Longer than two hundred clusters take. */
const WAIT_MS = 60_000;
const POLL_MS = 50;
const NAMELESS_MS = 2000;

/** Runs work while no other process writes to this checkout; waits for one that does, up to a minute. */
export async function locked<T>(root: string, work: () => T | Promise<T>): Promise<T | Problem> {
  const path = join(root, '.cache/lgtm-fleet/lock');
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = 0; ; waited += POLL_MS) {
    if (take(path)) break;
    const holder = holderOf(path);
    if (isStale(path, holder)) takeOver(path);
    if (waited >= WAIT_MS)
      return problem(
        `process ${String(holder ?? 'unknown')} is writing to this checkout`,
        'wait for it to end and run the same command again; if it is no such process, remove .cache/lgtm-fleet/lock',
      );
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Left behind by a process that was killed; also where it was killed before it could write who it is. */
function isStale(path: string, holder: number | undefined): boolean {
  if (holder !== undefined) return !isAlive(holder);
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > NAMELESS_MS;
}

/** Removes a stale lock. Two that find the same one must not: the slower would remove the new lock of the faster. */
function takeOver(path: string): void {
  const guard = `${path}.takeover`;
  if (!take(guard)) {
    if (isStale(guard, holderOf(guard))) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isStale(path, holderOf(path))) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
