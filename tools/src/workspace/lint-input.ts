import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { ClusterInput, LintInput, SourceDocument } from '@lgtm-fleet/lint';
import { readManifests, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { dependencyWalk, renderAll, type Kustomize } from '@lgtm-fleet/render';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { load } from 'js-yaml';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { foldersOf } from '../commands/render.ts';
import { cachedReader } from './read.ts';
import { clusterTree, planOf } from './tree.ts';

/** What one folder builds to. */
export interface Build {
  readonly manifests: readonly Manifest[];
  /** It cannot be built, Kustomize warns, manifests cannot be read. */
  readonly faults: readonly Diagnostic[];
}

/** Builds folders with Kustomize, and reads what comes out. */
export async function buildFolders(
  root: string,
  folders: readonly string[],
  kustomize: Kustomize,
): Promise<ReadonlyMap<string, Build>> {
  const absolute = folders.map((folder) => join(root, folder));
  const rendered = await renderAll(kustomize, absolute, availableParallelism());
  return new Map(
    rendered.map((result, index) => {
      const folder = folders[index] ?? '';
      const file = `${folder}/kustomization.yaml`;
      if (!result.ok) return [folder, { manifests: [], faults: [{ ...result.error, file }] }];
      const { manifests, faults } = readManifests(result.manifests, folder);
      const warnings = result.warnings.map((warning) => ({ ...warning, file }));
      return [folder, { manifests, faults: [...warnings, ...faults] }];
    }),
  );
}

export interface LintSource {
  readonly root: string;
  readonly repository: string;
  /** Those to lint. */
  readonly clusters: readonly ClusterSpec[];
  /** All of the repository. */
  readonly fleet: readonly ClusterSpec[];
  /** What their folders build to. */
  readonly builds: ReadonlyMap<string, Build>;
}

/** Gathers all that the linter looks at. */
export function lintInput({ root, repository, clusters, fleet, builds }: LintSource): LintInput {
  const readFile = cachedReader(root);
  const walk = dependencyWalk(readFile);
  const filesOf = (folder: string): readonly string[] => walk(folder).files;
  const inputs = clusters.map((spec): ClusterInput => {
    const own = foldersOf(root, spec.metadata.name);
    const files = new Set(own.flatMap(filesOf));
    return {
      spec,
      plan: planOf({ cluster: spec, fleet, repository }),
      manifests: own.flatMap((folder) => builds.get(folder)?.manifests ?? []),
      kustomizations: [...files].flatMap((file) => kustomization(file, readFile(file))),
    };
  });
  // Only asked where there is a finding: most runs have none.
  const trees = new Map<string, ReadonlyMap<string, string>>();
  const generated = (file: string): string | undefined => {
    const name = /^(?:overlays|clusters)\/([^/]+)\//.exec(file)?.[1];
    const cluster = clusters.find(({ metadata }) => metadata.name === name);
    if (name === undefined || cluster === undefined) return undefined;
    const tree = trees.get(name) ?? clusterTree({ cluster, fleet, repository, readFile, walk });
    trees.set(name, tree);
    return tree.get(file);
  };
  return { clusters: inputs, specs: fleet, sources: { read: readFile, filesOf, generated } };
}

function kustomization(file: string, text: string | undefined): readonly SourceDocument[] {
  if (text === undefined || !/(^|\/)[Kk]ustomization(\.ya?ml)?$/.test(file)) return [];
  try {
    return [{ file, value: load(text) as Json }];
  } catch {
    // Kustomize has said so already.
    return [];
  }
}
