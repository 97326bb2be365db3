import type { YamlValue } from '@lgtm-fleet/yaml';
import { stringify } from '@lgtm-fleet/yaml';
import type { Application, ApplicationSource, ClusterObject } from './objects.ts';

/** Where Argo CD is to read instead of what the generated files say. */
export interface OtherRepository {
  readonly url?: string;
  readonly revision?: string;
}

export interface RepositoryInputs {
  readonly cluster: string;
  /** What the generated files name: `plan.repository.url`. */
  readonly url: string;
  /** `clusters/<cluster>/root.yaml`: an AppProject and the root Application. */
  readonly root: readonly ClusterObject[];
  /** What `clusters/<cluster>` renders to: the AppProject and the Applications that the root makes. */
  readonly rendered: readonly ClusterObject[];
}

/**
 * The root with another repository or revision. The root also patches what it reads there, since the committed
 * Applications name the repository of the spec; those of third parties keep their own.
 */
export function redirect(
  { cluster, url, root, rendered }: RepositoryInputs,
  other: OtherRepository,
): readonly ClusterObject[] {
  if ((other.url ?? url) === url && other.revision === undefined) return root;
  const patches = rendered.flatMap((object) => patchesOf(object, url, other));
  return root.map((object) => {
    if (object.kind === 'AppProject')
      return withSpec(object, (spec) => ({ ...spec, sourceRepos: added(spec['sourceRepos'], other.url) }));
    if (object.kind !== 'Application' || object.metadata.name !== cluster) return object;
    return withSpec(object, (spec) => {
      const source = isRecord(spec['source']) ? spec['source'] : {};
      const kustomize = isRecord(source['kustomize']) ? source['kustomize'] : {};
      const own: readonly unknown[] = Array.isArray(kustomize['patches']) ? kustomize['patches'] : [];
      return {
        ...spec,
        source: {
          ...source,
          ...(other.url !== undefined && { repoURL: other.url }),
          ...(other.revision !== undefined && { targetRevision: other.revision }),
          kustomize: { ...kustomize, patches: [...own, ...patches] },
        },
      };
    });
  });
}

function patchesOf(object: ClusterObject, url: string, other: OtherRepository): readonly YamlValue[] {
  const { name } = object.metadata;
  const target = { group: 'argoproj.io', version: 'v1alpha1', kind: object.kind, name };
  if (object.kind === 'AppProject') {
    if (other.url === undefined) return [];
    return [{ target, patch: stringify([{ op: 'add', path: '/spec/sourceRepos/-', value: other.url }]) }];
  }
  if (object.kind !== 'Application') return [];
  const { spec } = object as ClusterObject & Application;
  const sources: readonly (readonly [string, ApplicationSource])[] = [
    ...(spec?.source === undefined ? [] : [['/spec/source', spec.source] as const]),
    ...(spec?.sources ?? []).map((source, index) => [`/spec/sources/${String(index)}`, source] as const),
  ];
  const operations = sources
    .filter(([, source]) => source.repoURL === url)
    .flatMap(([path]) => [
      ...(other.url === undefined ? [] : [{ op: 'replace', path: `${path}/repoURL`, value: other.url }]),
      ...(other.revision === undefined
        ? []
        : [{ op: 'replace', path: `${path}/targetRevision`, value: other.revision }]),
    ]);
  return operations.length === 0 ? [] : [{ target, patch: stringify(operations) }];
}

function withSpec(
  object: ClusterObject,
  change: (spec: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): ClusterObject {
  return { ...object, spec: change(isRecord(object['spec']) ? object['spec'] : {}) };
}

function added(list: unknown, value: string | undefined): readonly unknown[] {
  const before: readonly unknown[] = Array.isArray(list) ? list : [];
  return value === undefined || before.includes(value) ? before : [...before, value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
