import { execFile } from 'node:child_process';

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not end well, where standard error does not say. */
  readonly failure?: string;
}

export type Run = (command: string, args: readonly string[]) => Promise<Ended>;

const timeoutMs = 120_000;
const maxManifestBytes = 256 * 1024 * 1024;

/** Runs a program to its end. Whatever goes wrong is in what it gives: it never fails itself. */
export const run: Run = (command, args) =>
  new Promise((resolve) => {
    const options = { timeout: timeoutMs, maxBuffer: maxManifestBytes };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else if (error.killed === true)
        resolve({ stdout, stderr, failure: `it did not end within ${timeoutMs / 1000} s` });
      else resolve({ stdout, stderr, failure: error.message.split('\n')[0] ?? 'it failed' });
    });
  });
