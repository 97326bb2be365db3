import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { canReuse, runInWorker } from './cli-workers.ts';

/** The command line's program. */
export const MAIN = join(import.meta.dirname, '../main.ts');
const MEASURE = join(import.meta.dirname, 'peak-memory.ts');

/** More children at once than processors make each of them slow. */
const AT_ONCE = 2;
const GIVE_UP_MS = 20_000;

export interface Ended {
  /** Nothing where the program was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Octal, `077`. */
  readonly umask?: string;
  /** Runs as a user who may not write; where the tests are run by such a user, as that one. */
  readonly asNobody?: boolean;
  readonly killAfterMs?: number;
  /** In a process of its own, where that is what is tested: what it starts with, how it dies, what it takes in all. */
  readonly alone?: boolean;
}

/** Compiled once for all children, and kept for the next run: each would strip the same types again. */
const COMPILED = join(import.meta.dirname, '../../../.cache/compiled-for-tests');

const NOBODY = { uid: 65_534, gid: 65_534 } as const;
const NODE = [process.execPath, '--max-old-space-size=200'] as const;

/** Root is shut out of nothing, so it must be able to run this program as somebody else; anyone else is shut out by modes. */
export function nobodyCanRun(): boolean {
  if (process.getuid?.() !== 0) return false;
  return spawnSync(process.execPath, [MAIN, '--help'], { ...NOBODY, env: {} }).status === 0;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Runs the real command line in a child process with little memory, and measures it. */
export async function runCli(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return needsItsOwn(surroundings) ? await runAlone(args, surroundings) : await runNext(args, surroundings);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** What a process has from its start on, it cannot be given later. */
function needsItsOwn({ umask, asNobody, alone }: Surroundings): boolean {
  return !canReuse || alone === true || asNobody === true || umask !== undefined;
}

async function runNext(
  args: readonly string[],
  { cwd = process.cwd(), env, killAfterMs = GIVE_UP_MS }: Surroundings,
): Promise<Ended> {
  const start = (...words: readonly string[]): ChildProcess =>
    spawn(NODE[0], [...NODE.slice(1), ...words], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'], env: clean() });
  const nothing = { stdout: '', cpuSeconds: Number.NaN, peakMiB: Number.NaN };
  return { ...nothing, ...(await runInWorker(start, MAIN, { args, cwd, env: { ...clean(), ...env } }, killAfterMs)) };
}

async function runAlone(
  args: readonly string[],
  { cwd, env, umask, asNobody, killAfterMs = GIVE_UP_MS }: Surroundings,
): Promise<Ended> {
  const node = [...NODE, '--import', MEASURE, MAIN, ...args] as const;
  const [program, ...rest] =
    umask === undefined ? node : (['/bin/sh', '-c', `umask ${umask}; exec "$@"`, 'sh', ...node] as const);
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: killAfterMs,
    killSignal: 'SIGKILL',
    env: { ...clean(), ...env },
    ...(cwd !== undefined && { cwd }),
    ...(asNobody === true && process.getuid?.() === 0 && NOBODY),
  });
  const [, stdout, stderr, measured] = child.stdio.map((stream) => collect(stream as NodeJS.ReadableStream | null));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const cost = measured?.() ?? '';
  const { cpuSeconds, peakMiB } = (
    cost === '' ? { cpuSeconds: Number.NaN, peakMiB: Number.NaN } : JSON.parse(cost)
  ) as Pick<Ended, 'cpuSeconds' | 'peakMiB'>;
  return { exitCode, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '', cpuSeconds, peakMiB };
}

/** What the test runner sets (FORCE_COLOR, NODE_OPTIONS) is not what a user has. */
function clean(): Readonly<Record<string, string>> {
  const { PATH = '', KUSTOMIZE } = process.env;
  return { PATH, NODE_COMPILE_CACHE: COMPILED, ...(KUSTOMIZE !== undefined && { KUSTOMIZE }) };
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
