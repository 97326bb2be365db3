import { sizeFault } from '@lgtm-fleet/yaml';
import { FAILSAFE_SCHEMA, loadAll, YAMLException } from 'js-yaml';

/**
 * The text of a file of the repository, `undefined` where there is none (or where a folder is).
 * Paths are relative to the repository's root, with `/`.
 */
export type ReadFile = (path: string) => string | undefined;

/** Whether there is a file; reading it would tell too. */
export type IsFile = (path: string) => boolean;

/** What one `kustomize build` reads, all paths relative to the repository's root and sorted. */
export interface KustomizeDependencies {
  /** Folders with a kustomization file, the one asked for among them. */
  readonly folders: readonly string[];
  /** Files that those kustomizations name, and the kustomization files themselves. */
  readonly files: readonly string[];
  /** Local paths that are named but do not exist. */
  readonly missing: readonly string[];
}

const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * A walk over kustomizations: resources and components, transitively. Remote resources are left out.
 * What was read once is kept for as long as the returned function is, so that the bases which many
 * overlays share are parsed once.
 *
 * The returned function throws `YAMLException` (of `js-yaml`) where a kustomization file is not YAML.
 */
export function dependencyWalk(
  readFile: ReadFile,
  isFile: IsFile = (path) => readFile(path) !== undefined,
): (...folders: readonly string[]) => KustomizeDependencies {
  const seen = new Map<string, Named | undefined>();
  return (...entries) => {
    const folders = new Set<string>();
    const files = new Set<string>();
    const missing = new Set<string>();
    const open = entries.map(normalize);
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (folders.has(folder)) continue;
      if (!seen.has(folder)) seen.set(folder, readKustomization(folder, readFile, isFile));
      const named = seen.get(folder);
      if (named === undefined) {
        missing.add(folder);
        continue;
      }
      folders.add(folder);
      for (const path of named.files) files.add(path);
      for (const path of named.missing) missing.add(path);
      open.push(...named.folders);
    }
    return { folders: [...folders].sort(), files: [...files].sort(), missing: [...missing].sort() };
  };
}

/** What one kustomization names itself, as paths from the repository's root. */
interface Named {
  /** Folders, or what does not exist. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly missing: readonly string[];
}

function readKustomization(folder: string, readFile: ReadFile, isFile: IsFile): Named | undefined {
  // Kustomize itself refuses a folder with two of them.
  const path = kustomizationNames.map((name) => join(folder, name)).find(isFile);
  const text = path === undefined ? undefined : readFile(path);
  if (path === undefined || text === undefined) return undefined;
  const named = references(parsed(path, text));
  const [files, missing] = partition(named.files, folder, isFile);
  const [eitherFiles, folders] = partition(named.either, folder, isFile);
  return { folders, files: [path, ...files, ...eitherFiles], missing };
}

/** Paths that references name, those of files first. */
function partition(
  references: readonly string[],
  folder: string,
  isFile: IsFile,
): readonly [readonly string[], readonly string[]] {
  const files: string[] = [];
  const others: string[] = [];
  for (const reference of references) {
    const path = join(folder, reference);
    (isFile(path) ? files : others).push(path);
  }
  return [files, others];
}

function parsed(path: string, text: string): unknown {
  const size = sizeFault(text);
  if (size !== undefined) throw new YAMLException(`${path} cannot be read: ${size}`);
  try {
    // Names of files are all that is asked for: no number or boolean needs to be told from text. js-yaml reads them
    // in half the time of `yaml`, and there are dozens.
    return loadAll(text, { schema: FAILSAFE_SCHEMA })[0];
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new YAMLException(`${path} is not YAML: ${error.message.split('\n')[0] ?? ''}`);
  }
}

interface References {
  /** May name a folder or a file. */
  readonly either: readonly string[];
  readonly files: readonly string[];
}

function references(kustomization: unknown): References {
  const get = (key: string): unknown[] => list(field(kustomization, key));
  const either = ['resources', 'components', 'generators', 'transformers', 'validators', 'bases'].flatMap(get);
  const generators = ['configMapGenerator', 'secretGenerator'].flatMap(get);
  const files = [
    ...get('configurations'),
    ...get('crds'),
    ...['patches', 'replacements'].flatMap(get).map((entry) => field(entry, 'path')),
    field(field(kustomization, 'openapi'), 'path'),
    // `key=path` names the key; the path is what follows.
    ...generators.flatMap((entry) => list(field(entry, 'files'))).map((file) => afterEquals(file)),
    ...generators.flatMap((entry) => [...list(field(entry, 'envs')), field(entry, 'env')]),
  ];
  return { either: either.filter(isLocal), files: files.filter(isLocal) };
}

/** False for inline YAML and for what Kustomize would fetch: `https://…`, `git@host:…`, `host.example/repo?ref=…`. */
function isLocal(reference: unknown): reference is string {
  return typeof reference === 'string' && reference !== '' && !/\n|:\/\/|^git@|\?ref=/.test(reference);
}

function afterEquals(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(value.indexOf('=') + 1) : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** `a/b` and `../c` make `a/c`; what would leave the root keeps its `..`. */
function join(folder: string, reference: string): string {
  return normalize(`${folder}/${reference}`);
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
