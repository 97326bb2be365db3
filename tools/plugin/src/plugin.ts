/**
 * The local Nx plugin, loaded by its path in `nx.json`; Node strips its types. It infers
 *
 * - a project `<name>` for every `clusters/<name>/cluster.yaml`, with cached targets;
 * - a project for every folder of `base/` that has a kustomization, and for `overlays/<name>`, named
 *   like their paths. Nx gives a file to the project with the deepest folder.
 *
 * A cluster depends on exactly the folders that its overlays reach. That is what lets `nx affected`
 * name the clusters that a change touches, and no others.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';
import type { CreateNodes, CreateNodesResult } from '@nx/devkit';
import { dependencyWalk, type ReadFile } from '@lgtm-fleet/render/dependencies';
import { clusterProjects, folderProject } from './projects.ts';

export const name = 'lgtm-fleet';

export const createNodes: CreateNodes = [
  '{clusters/*/cluster.yaml,base/**/kustomization.yaml,overlays/*/*/kustomization.yaml}',
  (files, _options, context) => {
    const readFile = readerOf(context.workspaceRoot);
    const walk = dependencyWalk(readFile);
    const folders = files.map((file) => dirname(file));
    const bases = folders.filter((folder) => folder.startsWith('base/'));

    const projectsOf = (folder: string): CreateNodesResult => {
      if (folder.startsWith('base/')) return { projects: folderProject(folder) };
      if (!folder.startsWith('clusters/')) return {};
      const cluster = basename(folder);
      const overlays = folders.filter((overlay) => overlay.startsWith(`overlays/${cluster}/`));
      const hub = hubOf(readFile(`${folder}/cluster.yaml`));
      const reached = new Set(walk(...overlays).folders);
      return {
        projects: clusterProjects({
          name: cluster,
          ...(hub !== undefined && { hub }),
          bases: bases.filter((base) => reached.has(base)),
          hasOverlays: overlays.length > 0,
          foreignFiles: foreignFiles(cluster, context.workspaceRoot, readFile),
        }),
      };
    };
    return files.map((file) => [file, projectsOf(dirname(file))] as const);
  },
];

/** Good enough to know what to look at; whether the file is right is `generate-overlay`'s to say. */
function hubOf(text = ''): string | undefined {
  return /^ {2,8}hub: *['"]?([a-z0-9-]+)/m.exec(text)?.[1];
}

function readerOf(root: string): ReadFile {
  return (path) => {
    try {
      return readFileSync(join(root, path), 'utf8');
    } catch {
      // There is no such file, or it is a folder; the walk asks for both.
      return undefined;
    }
  };
}

/** Files among the generated ones that do not name the cluster's spec in their header. */
function foreignFiles(cluster: string, root: string, readFile: ReadFile): string[] {
  const marker = `clusters/${cluster}/cluster.yaml`;
  return [`overlays/${cluster}`, `clusters/${cluster}/applications`]
    .flatMap((folder) => filesIn(root, folder))
    .filter((path) => !(readFile(path)?.slice(0, 400).includes(marker) ?? false))
    .sort();
}

function filesIn(root: string, folder: string): string[] {
  try {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath.slice(root.length + 1), entry.name));
  } catch {
    // Nothing has been generated yet.
    return [];
  }
}
