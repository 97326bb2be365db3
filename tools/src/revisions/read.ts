import { formatDiagnostic, type Diagnostic } from '@lgtm-fleet/diagnostics';
import type { ClusterState, Revision } from '@lgtm-fleet/diff';
import { readManifests, type Manifest } from '@lgtm-fleet/manifests';
import { render, renderGroups, type Kustomize, type Rendered } from '@lgtm-fleet/render';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { problem, type Problem } from '../workspace/problem.ts';
import type { Checkout } from './folders.ts';

export interface Revisions {
  readonly base: Revision;
  readonly head: Revision;
}

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
 * @param tell called before each build
 */
export async function readRevisions(
  base: Checkout,
  head: Checkout,
  kustomize: Kustomize,
  only: string | undefined,
  tell: (done: number, all: number) => void,
): Promise<Revisions | Problem> {
  const names = [...new Set([...base.clusters, ...head.clusters])].filter(
    (name) => only === undefined || name === only,
  );
  const builds: Build[] = [];
  const shared = new Set<string>();
  const skipped = new Set<string>();
  for (const name of names) {
    const [old, now] = [base.foldersOf(name), head.foldersOf(name)];
    const all = [...new Set([...old, ...now])];
    const differing = all.filter(
      (folder) =>
        !old.includes(folder) || !now.includes(folder) || !alike(base.inputsOf(folder), head.inputsOf(folder)),
    );
    const whole = differing.some((folder) => CONTEXT.test(folder));
    for (const folder of all) {
      const differs = differing.includes(folder);
      if (differs && old.includes(folder)) builds.push({ side: 'base', root: base.root, folder });
      if ((differs || whole) && now.includes(folder)) builds.push({ side: 'head', root: head.root, folder });
      if (!differs) (whole ? shared : skipped).add(folder);
    }
  }
  const rendered = await renderBuilds(builds, kustomize, tell);
  if ('problem' in rendered) return rendered;
  const stateOf = (checkout: Checkout, side: Build['side'], name: string): ClusterState => {
    const folders = checkout.foldersOf(name);
    // What is shared is the very same object on both sides, and so is not compared.
    const manifests = folders.flatMap(
      (folder) => rendered.get(`${shared.has(folder) ? 'head' : side} ${folder}`) ?? [],
    );
    const others = folders.filter((folder) => skipped.has(folder));
    const objects = others.reduce((sum, folder) => sum + checkout.countOf(folder), manifests.length);
    return { name, labels: checkout.labelsOf(name), manifests, objects };
  };
  const revision = (checkout: Checkout, side: Build['side']): Revision => ({
    clusters: names.filter((name) => checkout.clusters.includes(name)).map((name) => stateOf(checkout, side, name)),
  });
  return { base: revision(base, 'base'), head: revision(head, 'head') };
}

function alike(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  return left.size === right.size && [...left].every(([path, text]) => right.get(path) === text);
}

async function renderBuilds(
  builds: readonly Build[],
  kustomize: Kustomize,
  tell: (done: number, all: number) => void,
): Promise<ReadonlyMap<string, readonly Manifest[]> | Problem> {
  let done = 0;
  const build = async (path: string): Promise<Rendered> => {
    const rendered = await render(kustomize, path);
    done += 1;
    tell(done, builds.length);
    return rendered;
  };
  const byPath = new Map(builds.map((one) => [join(one.root, one.folder), one]));
  const groups = [...Map.groupBy(byPath.keys(), (path) => byPath.get(path)?.folder.split('/')[1]).values()];
  const manifests = new Map<string, readonly Manifest[]>();
  const faults: { readonly side: Build['side']; readonly fault: Diagnostic }[] = [];
  // Read as it comes, so that the text of a large fleet is never held as a whole.
  for await (const results of renderGroups(build, groups, availableParallelism())) {
    for (const [path, result] of results) {
      const asked = byPath.get(path);
      if (asked === undefined) continue;
      const { side, root, folder } = asked;
      if (!result.ok) {
        const message = result.error.message.replaceAll(`${root}/`, '');
        faults.push({ side, fault: { ...result.error, message, file: `${folder}/kustomization.yaml` } });
        continue;
      }
      const read = readManifests(result.manifests, folder);
      faults.push(...read.faults.map((fault) => ({ side, fault })));
      manifests.set(`${side} ${folder}`, read.manifests);
    }
  }
  const [first] = faults;
  if (first === undefined) return manifests;
  return problem(
    `${String(faults.length)} of ${String(builds.length)} folders cannot be compared\n${faults
      .slice(0, 5)
      .map(({ side, fault }) => `in the ${side}: ${formatDiagnostic(fault)}`)
      .join('\n')}`,
    first.side === 'base'
      ? 'Argo CD cannot build the base either: compare with the last revision that builds'
      : 'repair it, and run `nx run tools:render` until it is silent',
  );
}
