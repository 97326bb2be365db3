import { execFile } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, however it ends. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const { cwd, env, timeoutSeconds = 300 } = options;
    execFile(
      command,
      args,
      {
        ...(cwd !== undefined && { cwd }),
        env: { ...process.env, ...env },
        timeout: timeoutSeconds * 1000,
        maxBuffer: 2 ** 28,
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout, stderr: error !== null && stderr === '' ? error.message : stderr });
      },
    );
  });
}

/** @throws Error with the last lines that it said, where it did not end with 0 */
export async function mustRun(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await runProgram(command, args, options);
  if (code === 0) return stdout;
  const said = `${stderr}\n${stdout}`.trim().split('\n').slice(-8).join('\n');
  throw new Error(`${[command, ...args].join(' ')} ended with ${String(code)}: ${said}`);
}
