import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { loadAll, YAMLException } from 'js-yaml';
import { isObject, list } from './json.ts';
import { manifestOf, type Manifest } from './manifest.ts';

const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_DEPTH = 128;
/** Values in one document: rules hold parts of an object against each other. */
const MAX_VALUES = 50_000;
/**
 * Documents are copied and read one by one, for a string that js-yaml finds in a text keeps the whole of that text in
 * memory (V8 slices): whoever remembers one name shall not hold all that Kustomize made. A line of `---` stands for
 * nothing else in YAML.
 */
const SEPARATOR = /^---$/m;
/** Into a definition no rule looks; the largest one known has some 100,000. */
const MAX_VALUES_OF_DEFINITION = 1_000_000;

export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  /** What could not be read; a file with faults may still have given manifests. */
  readonly faults: readonly Diagnostic[];
}

/**
 * The manifests in what Kustomize rendered: YAML documents parted by `---`, `List`s taken apart.
 * Anything hostile (aliases of aliases, bottomless nesting, gigabytes) ends in a fault, not in a crash.
 *
 * js-yaml reads this, for it is five times as fast as `yaml`; positions are looked up in the sources.
 */
export function readManifests(rendered: string, folder: string): ReadManifests {
  const fault = (message: string, help?: string): ReadManifests => ({
    manifests: [],
    faults: [unreadable(folder, message, help)],
  });
  if (rendered.length > MAX_CHARACTERS) return fault('the rendered manifests are larger than 64 MiB');
  let documents: readonly unknown[];
  try {
    documents = rendered.split(SEPARATOR).flatMap((document) => loadAll(`\n${document}`));
  } catch (error) {
    const reason = error instanceof YAMLException ? error.message.split('\n')[0] : undefined;
    return fault(`the rendered manifests are not YAML${reason === undefined ? '' : `: ${reason}`}`);
  }
  const manifests: Manifest[] = [];
  const faults: Diagnostic[] = [];
  for (const document of documents) {
    if (document === null || document === undefined) continue;
    const most = isDefinition(document) ? MAX_VALUES_OF_DEFINITION : MAX_VALUES;
    if (!isTree(document, most)) {
      const message = `a manifest repeats itself, is nested without end or has more than ${most} values`;
      faults.push(unreadable(folder, message, 'write out what aliases repeat, or divide it'));
      continue;
    }
    const bodies: readonly unknown[] =
      isObject(document) && document['kind'] === 'List' ? list(document, 'items') : [document];
    for (const body of bodies) {
      const manifest = isObject(body) ? manifestOf(body, folder) : undefined;
      if (manifest !== undefined) manifests.push(manifest);
      else faults.push(unreadable(folder, 'a document is no Kubernetes object: it has no apiVersion, kind or name'));
    }
  }
  return { manifests, faults };
}

function isDefinition(document: unknown): boolean {
  return isObject(document) && document['kind'] === 'CustomResourceDefinition';
}

/** False where aliases make more values, or deeper ones, than anybody writes. */
function isTree(document: unknown, most: number): boolean {
  let left = most;
  const visit = (value: unknown, depth: number): boolean => {
    left -= 1;
    if (left < 0 || depth > MAX_DEPTH) return false;
    if (typeof value !== 'object' || value === null) return true;
    for (const child of Array.isArray(value) ? value : Object.values(value)) {
      if (!visit(child, depth + 1)) return false;
    }
    return true;
  };
  return visit(document, 0);
}

function unreadable(folder: string, message: string, help?: string): Diagnostic {
  return {
    id: 'unreadable-manifest',
    severity: 'error',
    message,
    file: `${folder}/kustomization.yaml`,
    ...(help !== undefined && { help }),
  };
}
