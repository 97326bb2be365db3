import type { SourceFile } from '@lgtm-fleet/spec';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface Fixture {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly SourceFile[];
}

/** Fixtures of a kind: a folder each, with `input/` and what is expected of it beside. */
export function fixturesOf(kind: string): readonly Fixture[] {
  const folder = join(import.meta.dirname, '../kinds', kind, 'fixtures');
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({
      name,
      folder: join(folder, name),
      files: filesBelow(join(folder, name, 'input')).map(([path, text]) => ({ path, text })),
    }));
}

/** Files whose leaves are those of YAML: not dashboards, which answer as a whole, and not other languages. */
export function isYaml(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path) && !/(?:^|\/)dashboards?\//.test(path);
}

/** What is said of the values of a file, without what is said of texts in them, whose keys answer for themselves. */
export function outermost<T extends { readonly path: string }>(entries: readonly T[]): readonly T[] {
  const paths = new Set(entries.map(({ path }) => path).filter((path) => path !== ''));
  return entries.filter(
    ({ path }) => !path.matchAll(/[.[]/g).some(({ index }) => index > 0 && paths.has(path.slice(0, index))),
  );
}

/** Text of every file below a folder, by its path from there. */
export function filesBelow(folder: string): readonly (readonly [path: string, text: string])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** Replaces what is expected of a fixture. */
export function writeExpected(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(join(folder, 'expected'), { recursive: true, force: true });
  for (const [path, text] of files) {
    const at = join(folder, 'expected', path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text);
  }
}
