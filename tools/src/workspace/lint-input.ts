import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { ClusterInput, LintInput, SourceDocument, SourceText } from '@lgtm-fleet/lint';
import { readManifests, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { dependencyWalk, renderAll, type Kustomize, type ReadFile, type Rendered } from '@lgtm-fleet/render';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { EDGE } from '@lgtm-fleet/overlay';
import { readRulesByHand } from './rules-by-hand.ts';
import { readYaml, sizeFault } from '@lgtm-fleet/yaml';
import { loadAll, YAMLException } from 'js-yaml';
import { existsSync, readdirSync } from 'node:fs';
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

/** What Kustomize made of folders, still as text. */
export async function renderFolders(
  root: string,
  folders: readonly string[],
  kustomize: Kustomize,
): Promise<ReadonlyMap<string, Rendered>> {
  const read = cachedReader(root);
  const refused = new Map(
    folders.flatMap((folder) => {
      const file = `${folder}/kustomization.yaml`;
      const size = sizeFault(read(file) ?? '');
      if (size === undefined) return [];
      const message = `the kustomization cannot be read: ${size}`;
      return [[folder, { ok: false, error: { id: 'unreadable-manifest', severity: 'error', message, file } }] as const];
    }),
  );
  const others = folders.filter((folder) => !refused.has(folder));
  const absolute = others.map((folder) => join(root, folder));
  const rendered = await renderAll(kustomize, absolute, availableParallelism());
  const built = new Map(
    others.flatMap((folder, index) => (rendered[index] === undefined ? [] : [[folder, rendered[index]]])),
  );
  return new Map([...built, ...refused]);
}

/** Reads all that was rendered. */
export function readBuilds(rendered: ReadonlyMap<string, Rendered>): ReadonlyMap<string, Build> {
  return new Map([...rendered].map(([folder, result]) => [folder, readBuild(folder, result)]));
}

/** Reads what one folder was rendered to. */
export function readBuild(folder: string, result: Rendered): Build {
  const file = `${folder}/kustomization.yaml`;
  if (!result.ok) return { manifests: [], faults: [{ ...result.error, file }] };
  const { manifests, faults } = readManifests(result.manifests, folder);
  const warnings = result.warnings.map((warning) => ({ ...warning, file }));
  return { manifests, faults: [...warnings, ...faults] };
}

export interface LintSource {
  readonly root: string;
  readonly repository: string;
  /** Those to lint. */
  readonly clusters: readonly ClusterSpec[];
  /** All of the repository. */
  readonly fleet: readonly ClusterSpec[];
  /** What a folder of theirs builds to; asked once for each. */
  readonly buildOf: (folder: string) => Build | undefined;
}

/** Gathers all that the linter looks at, a cluster at a time: it is read when it is asked for. */
export function lintInput({ root, repository, clusters, fleet, buildOf }: LintSource): LintInput {
  const readFile = cachedReader(root);
  const walk = dependencyWalk(readFile);
  const filesOf = (folder: string): readonly string[] => {
    try {
      return walk(folder).files;
    } catch (error) {
      // Kustomize has said so already, of the folder that names it.
      if (error instanceof YAMLException) return [];
      throw error;
    }
  };
  // Clusters share the bases, and so what is read of them.
  const known = new Map<string, readonly SourceDocument[]>();
  const kustomizationOf = (file: string): readonly SourceDocument[] => {
    const documents = known.get(file) ?? readKustomization(file, readFile(file));
    known.set(file, documents);
    return documents;
  };
  const inputOf = (spec: ClusterSpec): ClusterInput => {
    const own = foldersOf(root, spec.metadata.name);
    const files = new Set(own.flatMap(filesOf));
    return {
      spec,
      plan: planOf({ cluster: spec, fleet, repository }),
      manifests: own.flatMap((folder) => buildOf(folder)?.manifests ?? []),
      kustomizations: [...files].flatMap(kustomizationOf),
      secretFiles: secretFiles(root, spec.metadata.name, readFile),
      edgeFiles: edgeFiles(root, spec.metadata.name, readFile),
    };
  };
  // Only asked where there is a finding: most runs have none.
  const trees = new Map<string, ReadonlyMap<string, string>>();
  const generated = (file: string): string | undefined => {
    const name = /^(?:overlays|clusters)\/([^/]+)\//.exec(file)?.[1];
    const cluster = clusters.find(({ metadata }) => metadata.name === name);
    if (name === undefined || cluster === undefined) return undefined;
    const tree =
      trees.get(name) ??
      clusterTree({
        cluster,
        fleet,
        repository,
        readFile,
        walk,
        rules: (of) => readRulesByHand(root, of),
      });
    trees.set(name, tree);
    return tree.get(file);
  };
  return { clusters: Iterator.from(clusters).map(inputOf), sources: { read: readFile, filesOf, generated } };
}

/** What machines and senders outside the cluster are given, as it is on disk. */
function edgeFiles(root: string, cluster: string, readFile: ReadFile): readonly SourceText[] {
  const folder = `overlays/${cluster}/${EDGE}`;
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .toSorted()
    .flatMap((file) => {
      const text = readFile(file);
      return text === undefined ? [] : [{ file, text }];
    });
}

/** The documents that a person committed below `clusters/<name>/secrets/`. */
function secretFiles(root: string, cluster: string, readFile: ReadFile): readonly SourceDocument[] {
  const folder = `clusters/${cluster}/secrets`;
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      try {
        const text = readFile(file) ?? '';
        if (sizeFault(text) !== undefined) return [{ file, value: null }];
        return loadAll(text).map((value) => ({ file, value: value as Json }));
      } catch (error) {
        // Kustomize says so of one that it reads; of any other, nobody can say what is in it.
        if (error instanceof YAMLException) return [{ file, value: null }];
        throw error;
      }
    });
}

/** A kustomization as rules see it; nothing for other files, and for what is no YAML. */
export function readKustomization(file: string, text: string | undefined): readonly SourceDocument[] {
  if (text === undefined || !/(^|\/)[Kk]ustomization(\.ya?ml)?$/.test(file)) return [];
  const read = readYaml(text);
  // What is no YAML Kustomize has said so already.
  return read.ok && read.documents.length === 1 ? [{ file, value: read.documents[0] as Json }] : [];
}
