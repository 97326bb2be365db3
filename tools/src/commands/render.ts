import { formatDiagnostic } from '@lgtm-fleet/diagnostics';
import { EDGE } from '@lgtm-fleet/overlay';
import { findKustomize, renderAll } from '@lgtm-fleet/render';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
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
  const folders = opened.clusters.flatMap(({ cluster }) => foldersOf(root, cluster.metadata.name));
  if (folders.length === 0)
    return problem('there is nothing to render yet', 'run `nx run tools:generate-overlay` first', 1);
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) {
    complain(formatDiagnostic(kustomize.error));
    return 2;
  }
  let done = 0;
  const tell = progress(folders.length, 'folders:');
  const rendered = await renderAll(
    kustomize.kustomize,
    folders.map((folder) => join(root, folder)),
    availableParallelism(),
    (folder) => {
      done += 1;
      tell(done, folder.slice(root.length + 1));
    },
  );
  let findings = 0;
  let built = 0;
  folders.forEach((folder, index) => {
    const result = rendered[index];
    if (result === undefined) return;
    const diagnostics = result.ok ? result.warnings : [result.error];
    findings += diagnostics.length;
    for (const diagnostic of diagnostics)
      complain(formatDiagnostic({ ...diagnostic, file: `${folder}/kustomization.yaml` }));
    if (!result.ok) return;
    built += 1;
    emit(folder, result.manifests, options.output);
  });
  if (options.output !== undefined)
    print(`${String(built)} of ${String(folders.length)} folders rendered into ${options.output}`);
  return findings === 0 ? 0 : 1;
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
