import { get, isObject, list, object, text, type Json, type Manifest, type Path } from '@lgtm-fleet/manifests';
import { mayBecome, type BuildSources, type PositionedDocument } from './documents.ts';
import { sourcePath } from './path.ts';

/** A place in a document of a source file. */
export interface Candidate {
  readonly source: PositionedDocument;
  readonly path: Path;
  /** False where the path is only the nearest parent of what was asked for. */
  readonly complete: boolean;
}

/**
 * Where in the sources a value of a rendered object was written. What is applied last wins; a value that no
 * source says is looked for among what Kustomize puts on by itself; a value that is nowhere gives its nearest
 * parent in the object's own file.
 *
 * @param build all files that the build reads
 */
export function candidateFor(
  manifest: Manifest,
  path: Path,
  { documents, affixes }: BuildSources,
): Candidate | undefined {
  const value = JSON.stringify(get(manifest.body, ...path));
  const written: Candidate[] = [];
  const patches: Candidate[] = [];
  // In the order in which they apply, last first: what says exactly this value.
  const exact: Candidate[] = [];
  for (const source of documents) {
    const kind = text(source.value, 'kind');
    if (kind === 'Kustomization' || kind === 'Component') {
      const found = byKustomization(manifest, path, source);
      if (found !== undefined) exact.push(found);
    } else if (mayBecome(source, manifest.body, affixes)) {
      const found = { source, ...sourcePath(manifest.body, path, source.value) };
      written.push(found);
      if (found.complete && JSON.stringify(get(source.value, ...found.path)) === value) exact.push(found);
    } else if (isObject(source.value) && kind === manifest.kind && path.length > 2) {
      // A patch with a target of its own may bear any name.
      const found = sourcePath(manifest.body, path, source.value);
      if (found.complete && JSON.stringify(get(source.value, ...found.path)) === value)
        patches.push({ source, ...found });
    }
  }
  const complete = written.filter((candidate) => candidate.complete);
  // Every patch repeats what it is about; the object's own file is the one that says it.
  if (IDENTITY.test(path.join('.')) && complete.length > 0) return complete.at(-1);
  return (
    exact[0] ??
    patches[0] ??
    complete[0] ??
    written.reduce<Candidate | undefined>(
      (best, candidate) => (best === undefined || candidate.path.length >= best.path.length ? candidate : best),
      undefined,
    )
  );
}

const IDENTITY = /^(apiVersion|kind|metadata\.name)$/;

/** What a kustomization puts on objects itself: replicas, images, the namespace, labels. */
function byKustomization(manifest: Manifest, path: Path, source: PositionedDocument): Candidate | undefined {
  const at = transformer(manifest, path, source.value);
  return at === undefined ? undefined : { source, path: at, complete: true };
}

function transformer(manifest: Manifest, path: Path, kustomization: Json): Path | undefined {
  const last = path.at(-1);
  if (path.length === 2 && path[0] === 'spec' && last === 'replicas')
    return entry(kustomization, 'replicas', 'count', (name) => name === manifest.name);
  if (last === 'image') {
    const [reference = ''] = (text(manifest.body, ...path) ?? '').split('@');
    const image = reference.includes(':') ? reference.slice(0, reference.lastIndexOf(':')) : reference;
    return (
      entry(kustomization, 'images', 'newTag', (name) => name === image) ??
      entry(kustomization, 'images', 'digest', (name) => name === image)
    );
  }
  if (path[0] === 'metadata' && last === 'namespace' && get(kustomization, 'namespace') !== undefined)
    return ['namespace'];
  if (path.at(-2) === 'labels' && typeof last === 'string') {
    const index = list(kustomization, 'labels').findIndex((pairs) => get(pairs, 'pairs', last) !== undefined);
    if (index >= 0) return ['labels', index, 'pairs', last];
  }
  if (
    path.at(-2) === 'annotations' &&
    typeof last === 'string' &&
    get(object(kustomization, 'commonAnnotations'), last)
  )
    return ['commonAnnotations', last];
  return undefined;
}

function entry(kustomization: Json, key: string, field: string, is: (name: string) => boolean): Path | undefined {
  const index = list(kustomization, key).findIndex(
    (item) => is(text(item, 'name') ?? '') && get(item, field) !== undefined,
  );
  return index < 0 ? undefined : [key, index, field];
}
