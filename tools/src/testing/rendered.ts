import { findKustomize, renderAll, type Rendered } from '@lgtm-fleet/render';
import { join } from 'node:path';
import { foldersOf } from '../commands/render.ts';
import { loadFleet } from '../workspace/clusters.ts';
import { isProblem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

/** More at once than processors make each of them slow. */
const AT_ONCE = 2;

/** Everything that Argo CD syncs for one example. */
export interface RenderedExample {
  readonly cluster: string;
  /** Of Kubernetes, `1.36`. */
  readonly version: string;
  /** What each folder builds to. */
  readonly folders: ReadonlyMap<string, Extract<Rendered, { ok: true }>>;
  /** All of it, as one stream of documents. */
  readonly manifests: string;
}

/** The checkout that the tests run in. */
export function checkout(): string {
  const workspace = openWorkspace(undefined);
  if (isProblem(workspace)) throw new Error(workspace.message);
  return workspace.root;
}

let examples: Promise<readonly RenderedExample[]> | undefined;

/** The committed examples, rendered by the real Kustomize: once for all test files of a process, for none changes them. */
export function renderExamples(): Promise<readonly RenderedExample[]> {
  examples ??= renderCommitted(checkout());
  return examples;
}

async function renderCommitted(root: string): Promise<readonly RenderedExample[]> {
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) throw new Error(kustomize.error.message);
  const clusters = loadFleet(root).clusters.map(({ cluster }) => cluster);
  const paths = clusters.flatMap(({ metadata }) => foldersOf(root, metadata.name));
  const results = await renderAll(
    kustomize.kustomize,
    paths.map((path) => join(root, path)),
    AT_ONCE,
  );
  const built = paths.map((path, index) => {
    const result = results[index];
    if (result?.ok !== true) throw new Error(`${path}: ${result?.error.message ?? 'not rendered'}`);
    return [path, result] as const;
  });
  return clusters.map(({ metadata: { name }, spec: { kubernetes } }) => {
    const folders = new Map(built.filter(([path]) => path.split('/')[1] === name));
    const manifests = [...folders.values()].map((result) => result.manifests).join('---\n');
    return { cluster: name, version: kubernetes.version, folders, manifests };
  });
}
