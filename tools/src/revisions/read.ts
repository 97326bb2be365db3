import { formatDiagnostic, type Diagnostic } from '@lgtm-fleet/diagnostics';
import type { ClusterState, Comparer } from '@lgtm-fleet/diff';
import { readManifests, type Manifest } from '@lgtm-fleet/manifests';
import { render, renderGroups, type Kustomize, type Rendered } from '@lgtm-fleet/render';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { problem, type Problem } from '../workspace/problem.ts';
import type { Checkout } from './folders.ts';

interface Build {
  readonly side: 'base' | 'head';
  readonly root: string;
  readonly folder: string;
}

/** Folders whose objects say what happens to those of other folders: what they deploy, what they contain. */
const CONTEXT = /^clusters\/[^/]+$|^overlays\/[^/]+\/namespaces$/;

/**
 * Renders two checkouts, as far as they differ: a folder whose build reads the same files on both sides gives the same
 * objects, so it is rendered for neither, or once where others need it to be understood.
 *
 * @param only one cluster instead of all
 * @param tell called after each build
 * @param add given each cluster in turn, as it is in both
 * @returns what cannot be compared
 */
export async function readRevisions(
  base: Checkout,
  head: Checkout,
  kustomize: Kustomize,
  only: string | undefined,
  tell: (done: number, all: number) => void,
  add: Comparer['add'],
): Promise<Problem | undefined> {
  const clusters = [...new Set([...base.clusters, ...head.clusters])]
    .filter((name) => only === undefined || name === only)
    .map((name) => clusterBuilds(base, head, name));
  const all = clusters.reduce((sum, { builds }) => sum + builds.length, 0);
  let done = 0;
  const build = async (path: string): Promise<Rendered> => {
    const rendered = await render(kustomize, path);
    done += 1;
    tell(done, all);
    return rendered;
  };
  const faults: Fault[] = [];
  const groups = clusters.map((cluster) => ({ of: cluster, folders: cluster.builds.map(pathOf) }));
  for await (const { of: cluster, rendered } of renderGroups(build, groups, availableParallelism())) {
    const manifests = readBuilds(cluster.builds, rendered, faults);
    add(stateOf(base, 'base', cluster, manifests), stateOf(head, 'head', cluster, manifests));
  }
  return faults.length === 0 ? undefined : notComparable(faults, all);
}

interface ClusterBuilds {
  readonly name: string;
  readonly builds: readonly Build[];
  /** Folders that are alike, and are rendered for the head alone. */
  readonly shared: ReadonlySet<string>;
  /** Folders that are alike, and are not rendered. */
  readonly skipped: ReadonlySet<string>;
}

function clusterBuilds(base: Checkout, head: Checkout, name: string): ClusterBuilds {
  const [old, now] = [base.foldersOf(name), head.foldersOf(name)];
  const all = [...new Set([...old, ...now])];
  const differing = all.filter(
    (folder) => !old.includes(folder) || !now.includes(folder) || !alike(base.inputsOf(folder), head.inputsOf(folder)),
  );
  const whole = differing.some((folder) => CONTEXT.test(folder));
  const builds = all.flatMap((folder): readonly Build[] => {
    const differs = differing.includes(folder);
    return [
      ...(differs && old.includes(folder) ? [{ side: 'base', root: base.root, folder } as const] : []),
      ...((differs || whole) && now.includes(folder) ? [{ side: 'head', root: head.root, folder } as const] : []),
    ];
  });
  const same = new Set(all.filter((folder) => !differing.includes(folder)));
  return { name, builds, shared: whole ? same : new Set(), skipped: whole ? new Set() : same };
}

function alike(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  return left.size === right.size && [...left].every(([path, text]) => right.get(path) === text);
}

function pathOf({ root, folder }: Build): string {
  return join(root, folder);
}

interface Fault {
  readonly side: Build['side'];
  readonly fault: Diagnostic;
}

/** What the builds of a cluster gave, by side and folder; what is wrong with them is added to the faults. */
function readBuilds(
  builds: readonly Build[],
  results: ReadonlyMap<string, Rendered>,
  faults: Fault[],
): ReadonlyMap<string, readonly Manifest[]> {
  const manifests = new Map<string, readonly Manifest[]>();
  for (const build of builds) {
    const { side, root, folder } = build;
    const result = results.get(pathOf(build));
    if (result?.ok === false) {
      const message = result.error.message.replaceAll(`${root}/`, '');
      faults.push({ side, fault: { ...result.error, message, file: `${folder}/kustomization.yaml` } });
    } else if (result !== undefined) {
      const read = readManifests(result.manifests, folder);
      faults.push(...read.faults.map((fault) => ({ side, fault })));
      manifests.set(`${side} ${folder}`, read.manifests);
    }
  }
  return manifests;
}

function stateOf(
  checkout: Checkout,
  side: Build['side'],
  { name, shared, skipped }: ClusterBuilds,
  read: ReadonlyMap<string, readonly Manifest[]>,
): ClusterState | undefined {
  if (!checkout.clusters.includes(name)) return undefined;
  const folders = checkout.foldersOf(name);
  // What is shared is the very same object on both sides, and so is not compared.
  const manifests = folders.flatMap((folder) => read.get(`${shared.has(folder) ? 'head' : side} ${folder}`) ?? []);
  const others = folders.filter((folder) => skipped.has(folder));
  const objects = others.reduce((sum, folder) => sum + checkout.countOf(folder), manifests.length);
  return { name, labels: checkout.labelsOf(name), manifests, objects };
}

function notComparable(faults: readonly Fault[], all: number): Problem {
  const shown = faults.slice(0, 5).map(({ side, fault }) => `in the ${side}: ${formatDiagnostic(fault)}`);
  return problem(
    `${String(faults.length)} of ${String(all)} folders cannot be compared\n${shown.join('\n')}`,
    faults[0]?.side === 'base'
      ? 'Argo CD cannot build the base either: compare with the last revision that builds'
      : 'repair it, and run `nx run tools:render` until it is silent',
  );
}
