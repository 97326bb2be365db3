import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Lays out what the image of the Dockerfile holds, in a folder, without a container tool and without the network:
 * `app/` with the program and its production dependencies, and `usr/local/bin/node`.
 */

const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** @throws Error when the folder holds something, or a dependency is not installed */
export function pack(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  const app = join(folder, 'app');
  mkdirSync(app, { recursive: true });
  cpSync(join(import.meta.dirname, 'package.json'), join(app, 'package.json'));
  const source = join(import.meta.dirname, 'src');
  cpSync(source, join(app, 'src'), {
    recursive: true,
    filter: (path) => !/\.test\.ts$|^testing(\/|$)/.test(relative(source, path).replaceAll('\\', '/')),
  });
  for (const dependency of dependenciesOf(import.meta.dirname))
    cpSync(dependency, join(app, placeOf(dependency)), {
      recursive: true,
      // Neither types nor source maps are read when it runs; a nested node_modules comes as a dependency of its own.
      filter: (path) => !/\.map$|\.d\.[cm]?ts$|\/node_modules(\/|$)/.test(path.slice(dependency.length)),
    });
  mkdirSync(join(folder, 'usr/local/bin'), { recursive: true });
  cpSync(realpathSync(join(root, 'node_modules/.bin/node')), join(folder, 'usr/local/bin/node'));
}

/** Folders of all packages that the one in `start` needs, found as Node finds them. */
function dependenciesOf(start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (folder: string): void => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Manifest;
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const resolved = resolve(name, folder);
      if (found.has(resolved)) continue;
      found.add(resolved);
      visit(resolved);
    }
  };
  visit(start);
  return found;
}

function resolve(name: string, from: string): string {
  const candidate = join(from, 'node_modules', name);
  if (existsSync(join(candidate, 'package.json'))) return candidate;
  if (from === root || from === dirname(from)) throw new Error(`${name} is not installed: run npm ci`);
  return resolve(name, dirname(from));
}

/** Below `app/`: a package of the workspace's own node_modules is where one of the root's would be. */
function placeOf(dependency: string): string {
  const own = relative(import.meta.dirname, dependency);
  return own.startsWith('..') ? relative(root, dependency) : own;
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  try {
    if (folder === undefined) throw new Error('usage: node apps/sample/pack.ts DIR');
    pack(folder);
    process.stdout.write(`${folder}: app/ and usr/local/bin/node\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
