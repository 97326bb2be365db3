import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Changes } from './changes.ts';

/**
 * Writing a cluster's tree so that a kill at any moment leaves the old one or the new one.
 *
 * All new files are staged beside the tree first. Renaming the stage to `<cluster>.commit` is the one
 * moment at which the new tree becomes true; from then on the work is only ever finished, by this run
 * or by the next command that looks at the tree (`recover`), never undone.
 */

const FOLDER = '.cache/lgtm-fleet/journal';
const RECORD = 'record.json';

interface Record {
  readonly write: readonly string[];
  readonly remove: readonly string[];
}

/** Called at each boundary between two steps; tests kill the process there. */
export type Step = (name: string) => void;

/** Puts the new files of a cluster beside its tree; forgotten again where no `commit` follows. */
export function stage(root: string, cluster: string, changes: Changes, step: Step = () => undefined): void {
  const folder = join(root, FOLDER, `${cluster}.stage`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const paths = [...changes.write.keys()];
  paths.forEach((path, index) => {
    writeFileSync(join(folder, String(index)), changes.write.get(path) ?? '');
    step(`staged ${path}`);
  });
  writeFileSync(join(folder, RECORD), JSON.stringify({ write: paths, remove: changes.remove } satisfies Record));
  step('staged');
}

/** Makes true what was staged of a cluster. */
export function commit(root: string, cluster: string, step: Step = () => undefined): void {
  renameSync(join(root, FOLDER, `${cluster}.stage`), join(root, FOLDER, `${cluster}.commit`));
  step('committed');
  finish(root, cluster, step);
}

/** Finishes what a killed run had committed, and forgets what it had only staged. Names the clusters it finished. */
export function recover(root: string, step: Step = () => undefined): readonly string[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  const finished: string[] = [];
  for (const entry of readdirSync(folder)) {
    if (entry.endsWith('.commit')) {
      finish(root, entry.slice(0, -'.commit'.length), step);
      finished.push(entry.slice(0, -'.commit'.length));
    } else if (entry.endsWith('.stage')) rmSync(join(folder, entry), { recursive: true, force: true });
  }
  return finished;
}

/** Clusters whose writing was cut off after its commit; reading only. */
export function unfinished(root: string): readonly string[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((entry) => entry.endsWith('.commit'))
    .map((entry) => entry.slice(0, -'.commit'.length));
}

function finish(root: string, cluster: string, step: Step): void {
  const folder = join(root, FOLDER, `${cluster}.commit`);
  if (!existsSync(join(folder, RECORD))) {
    // All was in its place already: the record is what goes last but for its folder.
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const record = JSON.parse(readFileSync(join(folder, RECORD), 'utf8')) as Record;
  const staged = new Set(readdirSync(folder));
  const made = new Set<string>();
  record.write.forEach((path, index) => {
    // Moved already by the run that was killed.
    if (!staged.has(String(index))) return;
    const target = dirname(join(root, path));
    if (!made.has(target)) mkdirSync(target, { recursive: true });
    made.add(target);
    renameSync(join(folder, String(index)), join(root, path));
    step(`wrote ${path}`);
  });
  for (const path of record.remove) {
    rmSync(join(root, path), { force: true });
    step(`removed ${path}`);
    removeEmptyFolders(root, dirname(path));
  }
  rmSync(join(folder, RECORD), { force: true });
  step('forgot the record');
  rmSync(folder, { recursive: true, force: true });
  step('finished');
}

function removeEmptyFolders(root: string, folder: string): void {
  if (folder === '.' || folder === 'overlays' || folder === 'clusters') return;
  const path = join(root, folder);
  if (!existsSync(path) || readdirSync(path).length > 0) return;
  rmdirSync(path);
  removeEmptyFolders(root, dirname(folder));
}
