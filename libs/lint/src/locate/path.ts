import { get, isObject, type Json, type Path } from '@lgtm-fleet/manifests';

/** What tells the items of a list apart, in the order in which it is tried. Kustomize merges lists by these. */
const KEYS = ['name', 'key', 'mountPath', 'containerPort', 'port', 'topologyKey', 'type', 'kind', 'path'];

export interface SourcePath {
  /** The path in the source; as far as it goes. */
  readonly path: Path;
  readonly complete: boolean;
}

/**
 * The path in a source file of what stands at a path of the rendered object: items of lists are found by
 * their key, since a patch names only the container it changes, not its index.
 */
export function sourcePath(rendered: Json, path: Path, source: Json): SourcePath {
  const found: (string | number)[] = [];
  let from: Json | undefined = rendered;
  let to: Json | undefined = source;
  for (const step of path) {
    const child: Json | undefined = get(from, step);
    const at = typeof step === 'number' ? itemLike(child, step, to) : step;
    if (at === undefined || get(to, at) === undefined) return { path: found, complete: false };
    found.push(at);
    from = child;
    to = get(to, at);
  }
  return { path: found, complete: true };
}

function itemLike(item: Json | undefined, index: number, list: Json | undefined): number | undefined {
  if (!Array.isArray(list)) return undefined;
  const items: readonly Json[] = list;
  const key = KEYS.find((candidate) => isObject(item) && item[candidate] !== undefined);
  if (key !== undefined) {
    const at = items.findIndex((candidate) => get(candidate, key) === get(item, key));
    return at < 0 ? undefined : at;
  }
  const same = items.findIndex((candidate) => JSON.stringify(candidate) === JSON.stringify(item));
  if (same >= 0) return same;
  return typeof item === 'object' && index < items.length ? index : undefined;
}
