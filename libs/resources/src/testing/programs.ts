import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** A test dials nobody outside: the cloud's object storage becomes a port of loopback on which nobody listens. */
export function withoutCloud(config: string): string {
  return config.replaceAll(/s3\.[a-z0-9-]+\.amazonaws\.com/g, '127.0.0.1:9');
}

/** A file with the folders of a container moved below a temporary one. */
export function moved(text: string, home: string): string {
  return text.replaceAll(/(?<![\w/])\/(etc|var|tmp)\//g, `${home}/$1/`);
}

export interface Started {
  readonly child: ChildProcess;
  /** All that it has written so far. */
  readonly log: () => string;
}

/** A folder for what one test starts; it is gone when the test has ended, and what it started before that. */
export function homeOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/**
 * Starts a program in a folder, with this environment and no other, for as long as the test runs.
 * @param end how it ends: nginx has to be asked, for what is killed leaves its workers behind
 */
export function start(
  program: string,
  flags: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  end: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): Started {
  const child = spawn(program, flags, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(end);
    await ended;
  });
  let log = '';
  child.stdout.on('data', (part: Buffer) => (log += part.toString()));
  child.stderr.on('data', (part: Buffer) => (log += part.toString()));
  return { child, log: () => log };
}

/** Waits until the address answers 200, or throws with the last lines of the program when it ends or takes too long. */
export async function ready({ child, log }: Started, url: string, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended: ${log().slice(-1500)}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.status === 200) return;
    if (Date.now() > until)
      throw new Error(`not ready: ${(await answer?.text()) ?? 'no answer'}\n${log().slice(-1500)}`);
    await sleep(200);
  }
}
