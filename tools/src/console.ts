import { formatDiagnostics, visible, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { isProblem, systemProblem, type Problem } from './workspace/problem.ts';

export type ExitCode = 0 | 1 | 2;

/** Colours are for people: only on a terminal, and not where NO_COLOR asks for none. */
function paint(text: string, code: number): string {
  // FORCE_COLOR is not asked: Nx sets it even where its output goes into a pipe.
  const wanted = process.env['NO_COLOR'] === undefined && process.stderr.isTTY;
  return wanted ? `\u001b[${String(code)}m${text}\u001b[0m` : text;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text.replace(/^(error|warning)/gm, (word) => paint(word, word === 'error' ? 31 : 33))}\n`);
}

export function printDiagnostics(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): void {
  complain(formatDiagnostics(diagnostics, (file) => sources.get(file)));
}

export function printProblem({ message, help, exitCode }: Problem): ExitCode {
  complain(`error: ${message.split('\n').map(visible).join('\n')}${help === undefined ? '' : `\n  = help: ${help}`}`);
  return exitCode;
}

/** One line that is overwritten while work goes on; nothing at all in a pipe or in CI. */
export function progress(total: number, noun: string): (done: number, name: string) => void {
  if (!process.stderr.isTTY || process.env['CI'] !== undefined || total < 2) return () => undefined;
  return (done, name) => {
    const text = done === total ? '' : `${String(done)}/${String(total)} ${noun} ${name}`;
    process.stderr.write(`\r\u001b[K${text}`);
  };
}

/** Runs a command and turns whatever it says or throws into an exit code. */
export async function run(command: () => Promise<ExitCode | Problem> | ExitCode | Problem): Promise<void> {
  try {
    const result = await command();
    process.exitCode = isProblem(result) ? printProblem(result) : result;
  } catch (error) {
    const known = systemProblem(error);
    if (known !== undefined) process.exitCode = printProblem(known);
    else {
      complain(
        `error: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n  = help: this is a fault of LGTM Fleet; please report it`,
      );
      process.exitCode = 2;
    }
  }
}
