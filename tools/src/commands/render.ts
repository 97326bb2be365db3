import { formatDiagnostic, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { EDGE } from '@lgtm-fleet/overlay';
import { findKustomize, render, renderGroups, type Rendered } from '@lgtm-fleet/render';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { complain, print, progress, type ExitCode } from '../console.ts';
import { openClusters } from '../workspace/open.ts';
import { problem, type Problem } from '../workspace/problem.ts';

export interface RenderOptions {
  readonly cluster?: string;
  readonly output?: string;
  readonly root?: string;
}

/** Renders the committed overlays with the real Kustomize, as Argo CD does: no flags, and a warning is a finding. */
export async function renderOverlays(options: RenderOptions): Promise<ExitCode | Problem> {
  const opened = openClusters(options);
  if (!opened.ok) return opened.ended;
  const { root } = opened.workspace;
  const groups = opened.clusters.map(({ cluster: { metadata } }) => ({
    of: metadata.name,
    folders: foldersOf(root, metadata.name).map((folder) => join(root, folder)),
  }));
  const all = groups.flatMap(({ folders }) => folders).length;
  if (all === 0) return problem('there is nothing to render yet', 'run `nx run tools:generate-overlay` first', 1);
  const found = await findKustomize(process.env);
  if (!found.ok) {
    complain(formatDiagnostic(found.error));
    return 2;
  }
  const { kustomize } = found;
  // What is printed as it comes says how far it is.
  const tell = options.output === undefined ? () => undefined : progress(all, 'folders:');
  let done = 0;
  const build = async (path: string): Promise<Rendered> => {
    const rendered = await render(kustomize, path);
    done += 1;
    tell(done, relative(root, path));
    return rendered;
  };
  const findings: Diagnostic[] = [];
  let built = 0;
  // A cluster at a time: a large fleet would fill the memory.
  for await (const { rendered } of renderGroups(build, groups, availableParallelism())) {
    for (const [path, result] of rendered) {
      const folder = relative(root, path);
      const diagnostics = result.ok ? result.warnings : [result.error];
      findings.push(...diagnostics.map((one) => ({ ...one, file: `${folder}/kustomization.yaml` })));
      if (!result.ok) continue;
      built += 1;
      emit(folder, result.manifests, options.output);
    }
  }
  for (const finding of findings) complain(formatDiagnostic(finding));
  if (options.output !== undefined) print(`${String(built)} of ${String(all)} folders rendered into ${options.output}`);
  return findings.length === 0 ? 0 : 1;
}

/** Folders beside those of components, for people and for machines outside. */
const NO_COMPONENTS: readonly string[] = [EDGE, 'runbooks'];

/** What Argo CD syncs for a cluster: its own folder, and each overlay. */
export function foldersOf(root: string, cluster: string): readonly string[] {
  const overlays = join(root, 'overlays', cluster);
  if (!existsSync(overlays)) return [];
  const components = readdirSync(overlays, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_COMPONENTS.includes(entry.name))
    .map(({ name }) => `overlays/${cluster}/${name}`);
  return [`clusters/${cluster}`, ...components.toSorted()];
}

function emit(folder: string, manifests: string, output: string | undefined): void {
  if (output === undefined) {
    print(`---\n# ${folder}\n${manifests.trimEnd()}`);
    return;
  }
  const [kind = '', cluster = '', component = 'applications'] = folder.split('/');
  const path = resolve(output, cluster, `${kind === 'clusters' ? 'applications' : component}.yaml`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, manifests);
}
