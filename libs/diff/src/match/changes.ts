import {
  describe,
  list,
  object,
  text,
  workloadOf,
  type Json,
  type JsonObject,
  type Manifest,
} from '@lgtm-fleet/manifests';
import { alike, fieldChanges } from '../fields/compare.ts';
import type { Change, ClusterState, FieldChange } from '../types.ts';
import { match, type Matched } from './objects.ts';

/** Every object of a cluster that differs, and the pods that are replaced because of it. */
export function clusterChanges(
  cluster: string,
  base: ClusterState | undefined,
  head: ClusterState | undefined,
): readonly Change[] {
  const [before, after] = [base?.manifests ?? [], head?.manifests ?? []];
  const matched = match(before, after);
  const orphanages = orphanedFolders(before, after);
  const one = (manifest: Manifest, name: string, action: Change['action']) => ({
    cluster,
    action,
    kind: manifest.kind,
    name,
    namespace: manifest.namespace,
    fields: [],
    rolls: [],
    orphaned: false,
  });
  const differing = matched.pairs.flatMap((pair): readonly Change[] => {
    const { manifest, name } = pair.before;
    const fields = fieldChanges(pair.before.value, pair.after.value).map((field) => hidden(manifest, field));
    const rehashed = manifest.name !== pair.after.manifest.name;
    if (fields.length === 0 && !pair.renamed && !rehashed) return [];
    const action = pair.renamed ? 'renamed' : 'changed';
    return [{ ...one(manifest, name, action), before: manifest, after: pair.after.manifest, fields }];
  });
  const changes = [
    ...matched.removed.map(({ manifest, name }): Change => ({
      ...one(manifest, name, 'removed'),
      before: manifest,
      orphaned: orphanages.has(manifest.folder),
    })),
    ...differing,
    ...matched.added.map(({ manifest, name }): Change => ({ ...one(manifest, name, 'added'), after: manifest })),
  ];
  return withRolls(changes, matched);
}

/** What a Secret holds is never shown, also not that which should not be there. */
function hidden({ kind }: Manifest, field: FieldChange): FieldChange {
  if (kind !== 'Secret' || (field.path[0] !== 'data' && field.path[0] !== 'stringData')) return field;
  const mask = '(hidden)';
  return {
    path: field.path,
    ...(field.before !== undefined && { before: mask }),
    ...(field.after !== undefined && { after: mask }),
  };
}

/** Folders whose Application goes and, having no finalizer, leaves its objects behind. */
function orphanedFolders(before: readonly Manifest[], after: readonly Manifest[]): ReadonlySet<string> {
  const isApplication = ({ kind, apiVersion }: Manifest) =>
    kind === 'Application' && apiVersion.startsWith('argoproj.io/');
  const stay = new Set(after.filter(isApplication).map(({ name, namespace }) => `${namespace}/${name}`));
  const gone = before.filter(
    (one) => isApplication(one) && !stay.has(`${one.namespace}/${one.name}`) && !cascades(one),
  );
  const kept = new Set(after.filter(isApplication).map((one) => text(one.body, 'spec', 'source', 'path') ?? ''));
  return new Set(
    gone.map((one) => text(one.body, 'spec', 'source', 'path') ?? '').filter((path) => path !== '' && !kept.has(path)),
  );
}

/** True where Argo CD deletes the objects of an Application together with it. */
export function cascades(application: Manifest | undefined): boolean {
  return list(application?.body, 'metadata', 'finalizers').some(
    (finalizer) => typeof finalizer === 'string' && finalizer.startsWith('resources-finalizer.argocd.argoproj.io'),
  );
}

/** Says at each change which pods it replaces: its own, or those that read a generated ConfigMap of another name now. */
function withRolls(changes: readonly Change[], { pairs }: Matched): readonly Change[] {
  const rolls = new Map<Change, string[]>();
  const add = (change: Change | undefined, workload: string): void => {
    if (change === undefined) return;
    const known = rolls.get(change) ?? [];
    if (!known.includes(workload)) rolls.set(change, [...known, workload]);
  };
  const configs = changes.filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret');
  for (const { before, after, renamed } of pairs) {
    if (renamed) continue;
    const [old, now] = [template(before.manifest), template(after.manifest)];
    if (old === undefined || now === undefined || alike(old, now, 0)) continue;
    const own = changes.find((change) => change.after === after.manifest);
    const id = describe(after.manifest);
    if (own?.fields.some(({ path }) => inTemplate(after.manifest, path)) === true) add(own, id);
    const named = new Set(strings(now));
    for (const change of configs)
      if (change.after !== undefined && change.before?.name !== change.after.name)
        if (change.after.namespace === after.manifest.namespace && named.has(change.after.name)) add(change, id);
  }
  return changes.map((change) => ({ ...change, rolls: rolls.get(change) ?? [] }));
}

const ROLLING = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function template(manifest: Manifest): JsonObject | undefined {
  return ROLLING.has(manifest.kind) ? object(manifest.body, 'spec', 'template') : undefined;
}

function inTemplate(manifest: Manifest, path: FieldChange['path']): boolean {
  return workloadOf(manifest) !== undefined && path[0] === 'spec' && path[1] === 'template';
}

function strings(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((child) => strings(child));
}
