import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../cleanup.ts';
import type { User } from '../programs.ts';

export interface DaemonOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Whom it runs as; the user of this process unless said. */
  readonly user?: User;
}

export interface Daemon {
  readonly pid: number;
  /** The last of what it has said. */
  readonly log: () => string;
  readonly ended: () => boolean;
  readonly end: () => void;
}

const LAST = 2000;

/** Starts a program that runs until the cleanup; it is ended by its id. */
export function startDaemon(
  cleanup: Cleanup,
  command: string,
  args: readonly string[],
  { env, user }: DaemonOptions = {},
): Daemon {
  const child = spawn(command, args, {
    cwd: '/',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  let said = '';
  let failed = false;
  const hear = (part: Buffer): void => {
    said = (said + part.toString()).slice(-LAST);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('error', ({ message }) => {
    failed = true;
    said += message;
  });
  const ended = (): boolean => failed || child.exitCode !== null || child.signalCode !== null;
  const end = (): void => {
    if (!ended()) child.kill('SIGKILL');
  };
  cleanup.add(end);
  return { pid: child.pid ?? 0, log: () => said.trim(), ended, end };
}

/**
 * Waits until an address answers 200, with a text that holds.
 * @param daemons the program that answers, and those that it asks itself
 * @throws Error with the last that they said where one ends, or it takes too long
 */
export async function answering(
  daemons: readonly Daemon[],
  url: string,
  seconds: number,
  holds: (text: string) => boolean = () => true,
): Promise<void> {
  const said = (): string => daemons.map(({ log }) => log()).join('\n');
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if (daemons.some(({ ended }) => ended())) throw new Error(`what was to answer at ${url} has ended: ${said()}`);
    if (await answers(url, holds)) return;
    if (performance.now() > end) throw new Error(`waited ${String(seconds)} s for ${url}: ${said()}`);
    await sleep(200);
  }
}

async function answers(url: string, holds: (text: string) => boolean): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const text = await answer.text();
    return answer.status === 200 && holds(text);
  } catch {
    // Nobody listens yet.
    return false;
  }
}
