import type { ClusterInput } from '@lgtm-fleet/lint';
import type { Rendered } from '@lgtm-fleet/render';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldersOf } from '../commands/render.ts';
import { writeRevision } from '../revisions/git.ts';
import { readBuild, type Build } from './builds.ts';
import { loadFleet } from './clusters.ts';
import { lintReader } from './lint-input.ts';
import { isProblem, type Problem } from './problem.ts';
import { openWorkspace } from './root.ts';

/** The clusters as they are at a revision, for the rules that compare. */
export interface Base {
  /** From the root of the file system; none for a cluster that was not there. */
  readonly foldersOf: (cluster: string) => readonly string[];
  readonly read: (cluster: string, rendered: ReadonlyMap<string, Rendered>) => ClusterInput | undefined;
  readonly close: () => void;
}

/** Writes a revision to a folder of its own, which `close` removes. */
export async function openBase(root: string, revision: string): Promise<Base | Problem> {
  const temporary = mkdtempSync(join(tmpdir(), 'lgtm-fleet-lint-'));
  const close = (): void => {
    rmSync(temporary, { recursive: true, force: true });
  };
  try {
    const commit = await writeRevision(root, revision, temporary);
    const workspace = isProblem(commit) ? commit : openWorkspace(temporary);
    if (isProblem(workspace)) {
      close();
      return workspace;
    }
    const { repository } = workspace;
    const fleet = loadFleet(temporary).clusters.map(({ cluster }) => cluster);
    const { read } = lintReader({ root: temporary, repository, clusters: fleet, fleet });
    const byName = new Map(fleet.map((cluster) => [cluster.metadata.name, cluster]));
    const path = (folder: string): string => join(temporary, folder);
    return {
      foldersOf: (name) => (byName.has(name) ? foldersOf(temporary, name).map(path) : []),
      read: (name, rendered) => {
        const cluster = byName.get(name);
        const buildOf = (folder: string): Build | undefined => {
          const result = rendered.get(path(folder));
          return result === undefined ? undefined : readBuild(folder, result);
        };
        return cluster === undefined ? undefined : read(cluster, buildOf);
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
