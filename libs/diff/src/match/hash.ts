import { withoutHash, type Manifest } from '@lgtm-fleet/manifests';

/**
 * Names of generated ConfigMaps and Secrets of one cluster, with what they are called without their hash. A name
 * keeps its hash where two would be called the same.
 */
export function generatedNames(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const owners = new Map<string, Set<string>>();
  const hashed: (readonly [name: string, stem: string])[] = [];
  for (const { kind, namespace, name } of manifests) {
    if (kind !== 'ConfigMap' && kind !== 'Secret') continue;
    const stem = withoutHash(name) ?? name;
    const owner = `${kind}/${namespace}/${stem}`;
    owners.set(owner, (owners.get(owner) ?? new Set()).add(name));
    if (stem !== name) hashed.push([name, stem]);
  }
  const shared = new Set([...owners].filter(([, names]) => names.size > 1).map(([owner]) => owner.split('/').at(-1)));
  return new Map(hashed.filter(([, stem]) => !shared.has(stem)));
}
