import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { format } from 'node:util';

/**
 * The command line, again and again in one process: `process.argv` names its program, every message is a run of it,
 * answered on file descriptor 3 by a line of JSON.
 */

export interface Job {
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of it: of what the one before had, nothing is left. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

const [, , program = ''] = process.argv;
const said = { stdout: '', stderr: '' };
let runs = 0;
let started: NodeJS.CpuUsage | undefined;

for (const name of ['stdout', 'stderr'] as const)
  process[name].write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    said[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const written = rest.find((one) => typeof one === 'function');
    if (written !== undefined) process.nextTick(written);
    return true;
  };

process.on('message', (job: Job) => void run(job));
// A command that ends the process is answered for too.
process.on('exit', (exitCode) => {
  if (started !== undefined) answer(exitCode);
});

async function run({ args, cwd, env }: Job): Promise<void> {
  const before = resources();
  Object.assign(said, { stdout: '', stderr: '' });
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
  process.argv.splice(1, Infinity, program, ...args);
  process.exitCode = undefined;
  // From here on the peak is counted anew.
  writeFileSync('/proc/self/clear_refs', '5');
  started = process.cpuUsage();
  try {
    runs += 1;
    // Another address is another evaluation of this one module, and of none that it imports.
    await import(`${program}?run=${String(runs)}`);
    // A process ends when it waits for nothing any more.
    while (resources() !== before) await sleep(5);
  } catch (error) {
    process.stderr.write(`${format(error)}\n`);
    process.exitCode = 1;
  }
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  answer(process.exitCode ?? 0);
}

function resources(): string {
  return process.getActiveResourcesInfo().toSorted().join();
}

function answer(exitCode: number): void {
  const { user, system } = process.cpuUsage(started);
  started = undefined;
  const peakKiB = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  const given: Answer = { exitCode, ...said, cpuSeconds: (user + system) / 1e6, peakMiB: peakKiB / 1024 };
  writeFileSync(3, `${JSON.stringify(given)}\n`);
}
