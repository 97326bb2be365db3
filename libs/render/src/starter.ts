import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Ended, Run } from './run.ts';

/** What the process of `starter-process.ts` is asked. */
export interface Asked {
  readonly id: number;
  readonly command: string;
  readonly args: readonly string[];
}

export interface Answered {
  readonly id: number;
  readonly ended: Ended;
}

export interface Starter {
  readonly run: Run;
  readonly close: () => void;
}

/**
 * A small process that starts programs for this one. Starting one copies the table of all memory that the starting
 * process has: 25 ms with 300 MiB, and that for each folder of a fleet.
 */
export function openStarter(): Starter {
  const child = fork(join(import.meta.dirname, 'starter-process.ts'), { execArgv: [], serialization: 'advanced' });
  const waiting = new Map<number, (ended: Ended) => void>();
  let last = 0;
  child.on('message', ({ id, ended }: Answered) => {
    waiting.get(id)?.(ended);
    waiting.delete(id);
  });
  const end = (reason: string): void => {
    for (const resolve of waiting.values()) resolve({ stdout: '', stderr: '', failure: reason });
    waiting.clear();
  };
  child.on('error', ({ message }) => {
    end(message);
  });
  child.on('exit', (code, signal) => {
    end(`what starts programs ended with ${String(signal ?? code)}`);
  });
  return {
    run: (command, args) =>
      new Promise((resolve) => {
        last += 1;
        const asked: Asked = { id: last, command, args };
        waiting.set(asked.id, resolve);
        if (child.connected) child.send(asked);
        else end('what starts programs has ended');
      }),
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}
