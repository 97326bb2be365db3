import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll } from 'vitest';

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `$KUBE_SCORE` for `kube-score`, then the first of that name on PATH, in the folder `$PROGRAMS` or in one of `folders`. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  const named = process.env[variableOf(name)];
  const all = [...(process.env['PATH'] ?? '').split(delimiter), process.env['PROGRAMS'] ?? '', ...folders];
  return [...(named === undefined ? [] : [named]), ...all.map((folder) => join(folder, name))].find(isExecutable);
}

/** What the name of a test ends in where the program is not there. */
export function unlessFound(name: string, program: string | undefined): string {
  return program === undefined ? ` (skipped: no ${name} at $${variableOf(name)}, on PATH or in $PROGRAMS)` : '';
}

function variableOf(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A file of recording rules, one for each query; JSON is YAML. */
export function ruleFile(queries: readonly string[]): string {
  const rules = queries.map((expr, index) => ({ record: `rule:${index}`, expr }));
  return JSON.stringify({ groups: [{ name: 'all', rules }] }, null, 1);
}
