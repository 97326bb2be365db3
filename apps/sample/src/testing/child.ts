import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A line that the program wrote. */
export type Line = Readonly<Record<string, unknown>>;

export interface Child {
  readonly lines: Line[];
  /** The first line, past or to come, of which this is true. */
  readonly line: (wanted: (line: Line) => boolean) => Promise<Line>;
  /** Sends SIGTERM and waits for the end. */
  readonly stop: () => Promise<number | null>;
  /** Waits for the end. */
  readonly ended: Promise<number | null>;
}

export interface Program {
  readonly node: string;
  readonly main: string;
}

const here: Program = { node: process.execPath, main: join(import.meta.dirname, '../main.ts') };

/** Starts the program as it is started in a container. */
export function startChild(args: readonly string[], env: Readonly<Record<string, string>>, program = here): Child {
  const child = spawn(program.node, [program.main, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines: Line[] = [];
  const waiting = new Set<(line: Line) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    for (const look of waiting) look(line);
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    lines,
    line: (wanted) => {
      const found = lines.find(wanted);
      if (found !== undefined) return Promise.resolve(found);
      const { promise, resolve, reject } = Promise.withResolvers<Line>();
      waiting.add((line) => {
        if (wanted(line)) resolve(line);
      });
      void ended.then((code) => {
        reject(new Error(`the program ended with ${String(code)} before it wrote that`));
      });
      return promise;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    ended,
  };
}

/** Starts a server on any port. */
export async function startServer(args: readonly string[], env: Readonly<Record<string, string>>, program = here) {
  const child = startChild([...args, '--port', '0'], env, program);
  const listening = await child.line((line) => line['server.port'] !== undefined);
  return { ...child, url: `http://127.0.0.1:${String(listening['server.port'])}` };
}
