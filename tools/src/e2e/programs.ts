import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  /** Whom it runs as; the user of this process unless said. */
  readonly user?: User;
}

export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<number>();

/** Ends the programs that run now, and what they have started. */
export function endPrograms(): void {
  for (const group of running) end(group);
}

function end(group: number): void {
  try {
    process.kill(-group);
  } catch {
    // It has ended by itself.
  }
}

/** Runs a program to its end, however it ends. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const { cwd, env, user, timeoutSeconds = 300 } = options;
    const program = spawn(command, args, {
      ...(cwd !== undefined && { cwd }),
      ...user,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that it can be ended together with what it has started.
      detached: true,
    });
    const { pid: group } = program;
    const said = { stdout: '', stderr: '' };
    program.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    program.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    let late = '';
    const timer = setTimeout(() => {
      late = `it took longer than ${String(timeoutSeconds)} s`;
      if (group !== undefined) end(group);
    }, timeoutSeconds * 1000);
    if (group !== undefined) running.add(group);
    const ended = (code: number, why: string): void => {
      clearTimeout(timer);
      if (group !== undefined) running.delete(group);
      resolve({ ...said, code, stderr: [said.stderr, why].filter((text) => text !== '').join('\n') });
    };
    program.on('error', ({ message }) => {
      ended(1, message);
    });
    program.on('close', (code) => {
      ended(code ?? 1, late);
    });
  });
}

/** @throws Error with the last lines that it said, where it did not end with 0 */
export async function mustRun(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await runProgram(command, args, options);
  if (code === 0) return stdout;
  const said = `${stderr}\n${stdout}`.trim().split('\n').slice(-8).join('\n');
  throw new Error(`${[command, ...args].join(' ')} ended with ${String(code)}: ${said}`);
}
