import type { FileTree } from '@lgtm-fleet/overlay';
import { progress } from '../console.ts';
import { compare, type Changes } from './changes.ts';
import { commit, recover, stage, unfinished } from './journal.ts';
import { locked } from './lock.ts';
import { isProblem, type Problem } from './problem.ts';

/** One cluster's files, made when they are asked for and then let go: those of two hundred would take gigabytes. */
export interface ClusterFiles {
  readonly name: string;
  readonly tree: () => FileTree;
}

export interface Written {
  /** Files of all clusters together, whether or not they had to be written. */
  readonly files: number;
  /** Files written or removed, without those of clusters that are no more. */
  readonly changed: number;
}

/**
 * Brings the trees of clusters to disk. All are staged before the first becomes true, so that a file in the way of one
 * cluster stops all.
 *
 * @param gone files of clusters that are no more, to be removed
 */
export async function writeTrees(
  root: string,
  clusters: readonly ClusterFiles[],
  gone: readonly string[],
): Promise<Written | Problem> {
  // Looked at without the lock first: where nothing can or need be done, not even the lock is written.
  const cutOff = unfinished(root).length > 0;
  const seen = cutOff ? { fresh: 0, files: 0, stale: undefined } : firstStale(root, clusters);
  if (isProblem(seen)) return seen;
  if (!cutOff && seen.stale === undefined && gone.length === 0) return { files: seen.files, changed: 0 };
  return await locked(root, () => {
    // One that was killed meanwhile may have changed what was seen.
    if (recover(root).length > 0) return writeLocked(root, clusters, gone, 0);
    const rest = clusters.slice(seen.fresh);
    return writeLocked(root, seen.stale === undefined ? rest : [seen.stale, ...rest.slice(1)], gone, seen.files);
  });
}

/** What comes before the first cluster with something to do; that one keeps its tree, which it had to make. */
function firstStale(
  root: string,
  clusters: readonly ClusterFiles[],
): { readonly fresh: number; readonly files: number; readonly stale: ClusterFiles | undefined } | Problem {
  let files = 0;
  for (const [fresh, { name, tree }] of clusters.entries()) {
    const made = tree();
    const changes = compare(root, name, made);
    if (isProblem(changes)) return changes;
    if (sizeOf(changes) > 0) return { fresh, files, stale: { name, tree: () => made } };
    files += made.size;
  }
  return { fresh: clusters.length, files, stale: undefined };
}

function writeLocked(
  root: string,
  clusters: readonly ClusterFiles[],
  gone: readonly string[],
  filesBefore: number,
): Written | Problem {
  const tell = progress(clusters.length, 'clusters:');
  const staged: string[] = [];
  let files = filesBefore;
  let changed = 0;
  for (const [index, { name, tree }] of clusters.entries()) {
    tell(index, name);
    const made = tree();
    const changes = compare(root, name, made);
    if (isProblem(changes)) {
      tell(clusters.length, '');
      // Forgets what is staged.
      recover(root);
      return changes;
    }
    files += made.size;
    if (sizeOf(changes) === 0) continue;
    changed += sizeOf(changes);
    stage(root, name, changes);
    staged.push(name);
  }
  tell(clusters.length, '');
  for (const name of staged) commit(root, name);
  if (gone.length > 0) {
    // No cluster can be called so.
    stage(root, 'removed clusters', { write: new Map(), remove: gone });
    commit(root, 'removed clusters');
  }
  return { files, changed };
}

function sizeOf({ write, remove }: Changes): number {
  return write.size + remove.length;
}
