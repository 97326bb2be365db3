import { list, type Json } from '@lgtm-fleet/manifests';
import { below, folderOf } from '../paths.ts';
import type { ClusterView } from './cluster.ts';

/** The folders whose kustomizations a build reads, the one that is built among them. */
export function foldersBelow(cluster: ClusterView, folder: string): readonly string[] {
  const byFolder = new Map(cluster.kustomizations.map(({ file, value }) => [folderOf(file), value]));
  const found = new Set<string>();
  const visit = (next: string): void => {
    const value = byFolder.get(next);
    if (value === undefined || found.has(next)) return;
    found.add(next);
    for (const each of named(value)) visit(below(next, each));
  };
  visit(folder);
  return [...found].toSorted();
}

function named(kustomization: Json): readonly string[] {
  return [...list(kustomization, 'resources'), ...list(kustomization, 'components')].filter(
    (entry) => typeof entry === 'string',
  );
}
