import { get, list, text, type Json, type Path, type Workload } from '@lgtm-fleet/manifests';

/** A ConfigMap or a Secret that pods need. */
export interface ObjectReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Where the name stands in the manifest. */
  readonly path: Path;
  /** Pods start without it. */
  readonly optional: boolean;
  readonly keys: readonly KeyReference[];
}

/** One key that they ask for by name. */
export interface KeyReference {
  readonly key: string;
  readonly path: Path;
}

/** Every ConfigMap and Secret that the pods of a workload name: volumes, variables, credentials of registries. */
export function objectReferences(workload: Workload): readonly ObjectReference[] {
  const { pod, podPath, containers } = workload;
  return [
    ...list(pod, 'volumes').flatMap((volume, index) => {
      const path = [...podPath, 'volumes', index];
      return [
        ...reference('ConfigMap', volume, 'configMap', 'name', path),
        ...reference('Secret', volume, 'secret', 'secretName', path),
        ...list(volume, 'projected', 'sources').flatMap((source, at) => [
          ...reference('ConfigMap', source, 'configMap', 'name', [...path, 'projected', 'sources', at]),
          ...reference('Secret', source, 'secret', 'name', [...path, 'projected', 'sources', at]),
        ]),
      ];
    }),
    ...containers.flatMap(({ body, path }) => [
      ...list(body, 'env').flatMap((entry, index) => {
        const from = get(entry, 'valueFrom');
        const at = [...path, 'env', index, 'valueFrom'];
        return [
          ...reference('ConfigMap', from, 'configMapKeyRef', 'name', at),
          ...reference('Secret', from, 'secretKeyRef', 'name', at),
        ];
      }),
      ...list(body, 'envFrom').flatMap((entry, index) => [
        ...reference('ConfigMap', entry, 'configMapRef', 'name', [...path, 'envFrom', index]),
        ...reference('Secret', entry, 'secretRef', 'name', [...path, 'envFrom', index]),
      ]),
    ]),
    ...list(pod, 'imagePullSecrets').flatMap((entry, index): readonly ObjectReference[] => {
      const name = text(entry, 'name');
      const path = [...podPath, 'imagePullSecrets', index, 'name'];
      // A registry may let pods in without.
      return name === undefined ? [] : [{ kind: 'Secret', name, path, optional: true, keys: [] }];
    }),
  ];
}

function reference(
  kind: ObjectReference['kind'],
  holder: Json | undefined,
  key: string,
  nameKey: string,
  at: Path,
): readonly ObjectReference[] {
  const source = get(holder, key);
  const name = text(source, nameKey);
  if (name === undefined) return [];
  const path = [...at, key];
  const own = text(source, 'key');
  const keys = [
    ...(own === undefined ? [] : [{ key: own, path: [...path, 'key'] }]),
    ...list(source, 'items').map((item, index) => ({
      key: text(item, 'key') ?? '',
      path: [...path, 'items', index, 'key'],
    })),
  ];
  return [{ kind, name, path: [...path, nameKey], optional: get(source, 'optional') === true, keys }];
}
