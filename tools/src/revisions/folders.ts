import { dependencyWalk, type ReadFile } from '@lgtm-fleet/render';
import { load } from 'js-yaml';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldersOf } from '../commands/render.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** One checkout, as far as rendering it goes: clusters, their folders, and what a build of a folder reads. */
export interface Checkout {
  readonly root: string;
  readonly clusters: readonly string[];
  readonly foldersOf: (cluster: string) => readonly string[];
  readonly labelsOf: (cluster: string) => Readonly<Record<string, string>>;
  /** Paths and texts of everything that a build of the folder reads: equal where the builds are. */
  readonly inputsOf: (folder: string) => ReadonlyMap<string, string>;
  /** How many objects a folder builds to, counted without building it. */
  readonly countOf: (folder: string) => number;
}

export function openCheckout(root: string): Checkout {
  const readFile = reader(root);
  const walk = dependencyWalk(readFile, (path) => isRead(join(root, path)));
  const inputsOf = (folder: string): ReadonlyMap<string, string> => {
    try {
      const { files, missing } = walk(folder);
      return new Map([
        ...files.map((path) => [path, readFile(path) ?? ''] as const),
        ...missing.map((path) => [path, ''] as const),
      ]);
    } catch {
      // A kustomization that is not YAML: whether it differs is not to be known, so it does. The build will say it.
      return new Map([[folder, root]]);
    }
  };
  return {
    root,
    clusters: folders(join(root, 'clusters')),
    foldersOf: (cluster) =>
      foldersOf(root, cluster).filter((folder) => readFile(`${folder}/kustomization.yaml`) !== undefined),
    labelsOf: (cluster) => labelsIn(readFile(`clusters/${cluster}/cluster.yaml`)),
    inputsOf,
    countOf: (folder) => countObjects(folder, readFile, 0),
  };
}

function folders(path: string): readonly string[] {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** What clusters share is read once; a large fleet's own files would fill the memory. */
function reader(root: string): ReadFile {
  const shared = new Map<string, string | undefined>();
  return (path) => {
    if (!path.startsWith('base/')) return readText(join(root, path));
    if (!shared.has(path)) shared.set(path, readText(join(root, path)));
    return shared.get(path);
  };
}

function readText(path: string): string | undefined {
  return isRead(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Regular files only: no link is followed out of the checkout, and no pipe waited for. */
function isRead(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size <= MAX_BYTES;
}

/** Of a cluster file of any age: one that today's schema refuses still says where its cluster belongs. */
function labelsIn(text: string | undefined): Readonly<Record<string, string>> {
  const labels = field(field(parsed(text), 'metadata'), 'labels');
  if (typeof labels !== 'object' || labels === null) return {};
  return Object.fromEntries(
    Object.entries(labels).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

const MAX_DEPTH = 20;

/** A folder counts as often as it is named: four caches are one base four times. */
function countObjects(folder: string, readFile: ReadFile, depth: number): number {
  const kustomization = parsed(readFile(join(folder, 'kustomization.yaml')));
  if (depth > MAX_DEPTH || kustomization === undefined) return 0;
  const named = [...list(kustomization, 'resources'), ...list(kustomization, 'components')];
  const own = named.reduce<number>((sum, name) => {
    if (typeof name !== 'string' || name.includes('://')) return sum;
    const path = join(folder, name);
    const text = readFile(path);
    if (text === undefined) return sum + countObjects(path, readFile, depth + 1);
    return sum + [...text.matchAll(/^kind: *\S/gm)].length;
  }, 0);
  // One that merges into another makes no object of its own.
  const generated = [...list(kustomization, 'configMapGenerator'), ...list(kustomization, 'secretGenerator')].filter(
    (generator) => !['merge', 'replace'].includes(String(field(generator, 'behavior'))),
  );
  return own + generated.length;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : load(text);
  } catch {
    return undefined;
  }
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}
