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
