import { GENERATED, type FileTree } from '@lgtm-fleet/overlay';
import { visible } from '@lgtm-fleet/diagnostics';
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { problem, type Problem } from './problem.ts';

/** What must happen on disk so that it holds a cluster's tree. */
export interface Changes {
  readonly write: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/** Folders in which every generated file of a cluster lies. */
export function generatedFolders(cluster: string): readonly string[] {
  return [`overlays/${cluster}`, `clusters/${cluster}/applications`];
}

/**
 * Compares a tree with the disk. Files without the generator's header are left alone; where one stands in
 * the way of a generated file, or a path leads through a symbolic link, nothing can be done.
 */
export function compare(root: string, cluster: string, tree: FileTree): Changes | Problem {
  const blocked = firstSymlink(root, cluster);
  if (blocked !== undefined) return blocked;
  const write = new Map<string, string>();
  for (const [path, text] of tree) {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) write.set(path, text);
    else if (!stat.isFile())
      return problem(
        `${path} is in the way: it is not a regular file`,
        'move it away; the generator removes nothing that it did not write',
      );
    else {
      const present = readFileSync(join(root, path), 'utf8');
      if (present === text) continue;
      if (!isGenerated(present))
        return problem(
          `${path} is in the way: it was not written by the generator`,
          'move it away, or make it a patch under clusters/<cluster>/patches/',
        );
      write.set(path, text);
    }
  }
  const present = [
    ...generatedFolders(cluster).flatMap((folder) => filesBelow(root, folder)),
    ...['kustomization.yaml', 'root.yaml'].flatMap((name) => existing(root, `clusters/${cluster}/${name}`)),
  ];
  const remove = present.filter((path) => !tree.has(path) && isGenerated(readHead(join(root, path)))).toSorted();
  return { write, remove };
}

/** Generated files whose cluster is gone, by their folder of `overlays/`. */
export function orphans(root: string, clusters: readonly string[]): readonly string[] {
  const known = new Set(clusters);
  const stat = lstatSync(join(root, 'overlays'), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return [];
  return readdirSync(join(root, 'overlays'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .flatMap((entry) => filesBelow(root, `overlays/${entry.name}`))
    .filter((path) => isGenerated(readHead(join(root, path))))
    .toSorted();
}

function existing(root: string, path: string): readonly string[] {
  return lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true ? [path] : [];
}

function filesBelow(root: string, folder: string): readonly string[] {
  const stat = lstatSync(join(root, folder), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
}

function firstSymlink(root: string, cluster: string): Problem | undefined {
  for (const path of [
    'overlays',
    'clusters',
    '.cache/lgtm-fleet',
    `clusters/${cluster}`,
    ...generatedFolders(cluster),
  ]) {
    if (lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() === true)
      return problem(`${path} is a symbolic link`, 'make it a folder; the generator writes through no link');
  }
  for (const folder of generatedFolders(cluster)) {
    const stat = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (!stat?.isDirectory()) continue;
    const link = readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).find((entry) =>
      entry.isSymbolicLink(),
    );
    if (link !== undefined)
      return problem(
        `${visible(join(link.parentPath, link.name).slice(root.length + 1))} is a symbolic link`,
        'remove it; the generator writes through no link',
      );
  }
  return undefined;
}

function isGenerated(text: string): boolean {
  return text.slice(0, 200).includes(GENERATED);
}

function readHead(path: string): string {
  const buffer = Buffer.alloc(256);
  const file = openIfThere(path);
  if (file === undefined) return '';
  try {
    return buffer.toString('utf8', 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

/** Another process may be removing files while this one only looks; what is gone is none of the generator's. */
function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
