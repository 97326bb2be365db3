import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll } from 'vitest';

/** `$PROMTOOL` for `promtool`, then the first of that name on PATH or in the folder `$PROGRAMS`. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), process.env['PROGRAMS'] ?? ''];
  const named = process.env[name.toUpperCase()];
  return [...(named === undefined ? [] : [named]), ...folders.map((folder) => join(folder, name))].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What the name of a test ends in where the program is not there. */
export function unlessFound(name: string, program: string | undefined): string {
  return program === undefined ? ` (skipped: no ${name} at $${name.toUpperCase()}, on PATH or in $PROGRAMS)` : '';
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
