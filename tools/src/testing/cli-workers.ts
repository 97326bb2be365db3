import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answer, Job } from './cli-worker.ts';

const WORKER = join(import.meta.dirname, 'cli-worker.ts');
/** Of those that wait for a command; more would only hold memory. */
const KEPT = 2;
/** One that has grown by half since its first command would make the next one look large. */
const GROWN = 1.5;

/** Elsewhere the memory of one command could not be told from that of the one before. */
export const canReuse: boolean = existsSync('/proc/self/clear_refs');

/** What a worker said of a command, or why it died of it. */
export type Worked = Answer | { readonly exitCode: number | null; readonly stderr: string };

interface Worker {
  readonly child: ChildProcess;
  readonly answers: AsyncIterator<string>;
  /** What the process itself wrote, and no command. */
  readonly stderr: () => string;
}

/** One that has loaded the modules of a command. */
interface Idle extends Worker {
  readonly command: string;
  readonly firstPeakMiB: number;
}

let idle: readonly Idle[] = [];

/** Runs a command in a process that has run it before, or in a new one that will do so again. */
export async function runInWorker(
  start: (...args: readonly string[]) => ChildProcess,
  program: string,
  job: Job,
  killAfterMs: number,
): Promise<Worked> {
  const [command = ''] = job.args;
  const known = idle.find((one) => one.command === command);
  idle = idle.filter((one) => one !== known);
  const worker = known ?? workerOf(start(WORKER, program));
  const timer = setTimeout(() => worker.child.kill('SIGKILL'), killAfterMs);
  worker.child.send(job);
  const next = await worker.answers.next();
  clearTimeout(timer);
  if (next.done === true) return await death(worker);
  const answer = JSON.parse(next.value) as Answer;
  const firstPeakMiB = known?.firstPeakMiB ?? answer.peakMiB;
  if (answer.peakMiB > GROWN * firstPeakMiB) worker.child.disconnect();
  else {
    for (const { child } of idle.slice(KEPT - 1)) child.disconnect();
    idle = [{ ...worker, command, firstPeakMiB }, ...idle.slice(0, KEPT - 1)];
  }
  return answer;
}

function workerOf(child: ChildProcess): Worker {
  const [said, answers] = child.stdio.slice(2) as unknown as readonly [Socket, Socket];
  let stderr = '';
  said.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  // Nobody stays alive for it: it ends when nobody is left to ask it.
  for (const held of [child, child.channel, said, answers]) held?.unref();
  return { child, answers: createInterface({ input: answers })[Symbol.asyncIterator](), stderr: () => stderr };
}

async function death({ child, stderr }: Worker): Promise<Worked> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return { exitCode: child.exitCode, stderr: stderr() };
}
