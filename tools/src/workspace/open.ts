import type { ClusterSpec } from '@lgtm-fleet/spec';
import { printDiagnostics, type ExitCode } from '../console.ts';
import { loadFleet, type LoadedFleet } from './clusters.ts';
import { isProblem, problem, type Problem } from './problem.ts';
import { openWorkspace, type Workspace } from './root.ts';
import { select, type Selection } from './select.ts';

export interface OpenOptions {
  readonly cluster?: string | undefined;
  readonly root?: string | undefined;
}

export type Opened =
  | {
      readonly ok: true;
      readonly workspace: Workspace;
      readonly fleet: LoadedFleet;
      readonly clusters: Selection['clusters'];
    }
  | { readonly ok: false; readonly ended: ExitCode | Problem };

/** What most commands begin with: the checkout, its clusters, and those that are asked for, or why that cannot be. */
export function openClusters({ cluster, root }: OpenOptions): Opened {
  const workspace = openWorkspace(root);
  if (isProblem(workspace)) return { ok: false, ended: workspace };
  const fleet = loadFleet(workspace.root);
  const selection = select(fleet, cluster);
  if (isProblem(selection)) return { ok: false, ended: selection };
  if (selection.diagnostics.length > 0) {
    printDiagnostics(selection.diagnostics, fleet.sources);
    return { ok: false, ended: 1 };
  }
  return { ok: true, workspace, fleet, clusters: selection.clusters };
}

export type OpenedOne =
  | {
      readonly ok: true;
      readonly workspace: Workspace;
      readonly fleet: readonly ClusterSpec[];
      readonly cluster: ClusterSpec;
    }
  | { readonly ok: false; readonly ended: ExitCode | Problem };

/** The same for a command of one cluster. */
export function openCluster(options: OpenOptions & { readonly cluster: string }): OpenedOne {
  const opened = openClusters(options);
  if (!opened.ok) return opened;
  const [selected] = opened.clusters;
  if (selected === undefined) return { ok: false, ended: problem(`there is no cluster '${options.cluster}'`) };
  const fleet = opened.fleet.clusters.map(({ cluster }) => cluster);
  return { ok: true, workspace: opened.workspace, fleet, cluster: selected.cluster };
}
