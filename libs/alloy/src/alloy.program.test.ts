import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatAlloy } from './format.ts';
import { parseAlloy } from './parse.ts';
import { committedFiles, invalidFiles, validFiles } from './testing/files.ts';

/** `$ALLOY`, else the first `alloy` on PATH, else the one in the folder `$PROGRAMS`. */
function findAlloy(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), process.env['PROGRAMS'] ?? ''];
  return [process.env['ALLOY'] ?? '', ...folders.map((folder) => join(folder, 'alloy'))].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return path !== '';
    } catch {
      return false;
    }
  });
}

const program = findAlloy();
const real = test.skipIf(program === undefined);
const named = (title: string): string =>
  program === undefined ? `${title} (skipped: no alloy at ALLOY, on PATH or in the folder PROGRAMS)` : title;

const folder = mkdtempSync(join(tmpdir(), 'alloy-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(text: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const path = join(folder, 'config.alloy');
  writeFileSync(path, text);
  const { status, stdout, stderr } = spawnSync(program ?? '', [...args, path], { encoding: 'utf8' });
  return { status, output: status === 0 ? stdout : stderr };
}

real.each([...validFiles, ...committedFiles])(named('alloy fmt leaves $name as it is'), ({ text }) => {
  expect(run(text, 'fmt')).toEqual({ status: 0, output: text });
});

real.each(committedFiles)(named('alloy fmt agrees on $name without its white space'), ({ text }) => {
  const loose = text.replaceAll(/^\t+/gm, '').replaceAll(/ +=/g, '=');
  expect(run(loose, 'fmt')).toEqual({ status: 0, output: formatAlloy(loose) });
});

real.each(committedFiles)(named('alloy validate accepts $name'), ({ text }) => {
  expect(run(text, 'validate')).toMatchObject({ status: 0 });
});

real.each(invalidFiles)(named('alloy fmt finds a fault in $name when the parser does'), ({ text }) => {
  expect(run(text, 'fmt').status === 0).toBe(parseAlloy(text).faults.length === 0);
});
