import { findKustomize, renderAll } from '@lgtm-fleet/render';
import { join } from 'node:path';
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
