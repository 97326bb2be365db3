import { findKustomize, renderAll } from '@lgtm-fleet/render';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { foldersOf } from '../commands/render.ts';
import { loadFleet } from '../workspace/clusters.ts';
import { isProblem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

/** More at once than processors make each of them slow. */
const AT_ONCE = 2;

/** Everything that Argo CD syncs for one example, as one stream of documents. */
export interface RenderedExample {
  readonly cluster: string;
  /** Of Kubernetes, `1.36`. */
  readonly version: string;
  readonly manifests: string;
}

/** The checkout that the tests run in. */
export function checkout(): string {
  const workspace = openWorkspace(undefined);
  if (isProblem(workspace)) throw new Error(workspace.message);
  return workspace.root;
}

/** `$KUBE_SCORE` for `kube-score`, then the first of that name on PATH or in the folder `$PROGRAMS`. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), process.env['PROGRAMS'] ?? ''];
  const named = process.env[variableOf(name)];
  return [...(named === undefined ? [] : [named]), ...folders.map((folder) => join(folder, name))].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What the name of a test ends in where the program is not there. */
export function unlessFound(name: string, program: string | undefined): string {
  return program === undefined ? ` (skipped: no ${name} at $${variableOf(name)}, on PATH or in $PROGRAMS)` : '';
}

/** The committed examples, rendered by the real Kustomize. */
export async function renderExamples(root: string): Promise<readonly RenderedExample[]> {
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) throw new Error(kustomize.error.message);
  const examples: RenderedExample[] = [];
  for (const { cluster } of loadFleet(root).clusters) {
    const folders = foldersOf(root, cluster.metadata.name);
    const results = await renderAll(
      kustomize.kustomize,
      folders.map((folder) => join(root, folder)),
      AT_ONCE,
    );
    const streams = results.map((result, index) => {
      if (!result.ok) throw new Error(`${folders[index] ?? ''}: ${result.error.message}`);
      return result.manifests;
    });
    examples.push({
      cluster: cluster.metadata.name,
      version: cluster.spec.kubernetes.version,
      manifests: streams.join('---\n'),
    });
  }
  return examples;
}

function variableOf(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
