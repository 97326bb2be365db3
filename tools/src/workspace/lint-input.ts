import type { ClusterInput, SourceDocument, SourceText, Sources } from '@lgtm-fleet/lint';
import type { Json } from '@lgtm-fleet/manifests';
import { dependencyWalk, type ReadFile } from '@lgtm-fleet/render';
import type { ClusterSpec } from '@lgtm-fleet/spec';
import { EDGE } from '@lgtm-fleet/overlay';
import { readRulesByHand } from './rules-by-hand.ts';
import { readYaml, sizeFault } from '@lgtm-fleet/yaml';
import { loadAll, YAMLException } from 'js-yaml';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foldersOf } from '../commands/render.ts';
import type { Build } from './builds.ts';
import { cachedReader, fileFinder } from './read.ts';
import { clusterTree, planOf } from './tree.ts';

export interface LintSource {
  readonly root: string;
  readonly repository: string;
  /** Those to lint. */
  readonly clusters: readonly ClusterSpec[];
  /** All of the repository. */
  readonly fleet: readonly ClusterSpec[];
}

export interface LintReader {
  /** All that the linter looks at of one cluster, with what its folders build to. */
  readonly read: (cluster: ClusterSpec, buildOf: (folder: string) => Build | undefined) => ClusterInput;
  readonly sources: Sources;
}

/** Reads clusters of one checkout for the linter; what they share it reads once. */
export function lintReader({ root, repository, clusters, fleet }: LintSource): LintReader {
  const readFile = cachedReader(root);
  const walk = dependencyWalk(readFile, fileFinder(root));
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
    if (!KUSTOMIZATION.test(file)) return [];
    const documents = known.get(file) ?? readKustomization(file, readFile(file) ?? '');
    known.set(file, documents);
    return documents;
  };
  const read: LintReader['read'] = (spec, buildOf) => {
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
  return { read, sources: { read: readFile, filesOf, generated } };
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

const KUSTOMIZATION = /(^|\/)[Kk]ustomization(\.ya?ml)?$/;

/** A kustomization as rules see it; nothing for what is no YAML, of which Kustomize has said so already. */
export function readKustomization(file: string, text: string): readonly SourceDocument[] {
  const read = readYaml(text);
  return read.ok && read.documents.length === 1 ? [{ file, value: read.documents[0] as Json }] : [];
}
