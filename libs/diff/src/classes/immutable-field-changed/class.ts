import { say, words, type Phrase } from '../../phrase.ts';
import { own } from '../../fields/own.ts';
import type { DangerClass } from '../../types.ts';
import { annotationsOf, describe, get, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { dotted, shown, under } from '../../fields/path.ts';
import { quantity } from '../../fields/scalar.ts';
import type { FieldChange } from '../../types.ts';
import { annotatedOptions } from '../../view/argocd.ts';
import { subjectOf } from '../../view/stateful.ts';

export const immutableFieldChanged: DangerClass = {
  meta: {
    id: 'immutable-field-changed',
    danger: 'D06',
    effect: 'downtime',
    blocks: true,
    description: 'A field changes that Kubernetes does not let anybody change.',
    why: 'The API server refuses the object, so the sync of its Application stops there, with half of the other objects applied, until somebody deletes and remakes it by hand.',
    source: 'siutsin/otaru#2683; argo-cd#1068, #12439; grafana/loki#23912',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { after } = change;
      if (change.action !== 'changed' || after === undefined || isRemade(after)) continue;
      const fields = change.fields.filter((field) => isImmutable(after.kind, field));
      const [first] = fields;
      if (first === undefined) continue;
      const more = fields.length > 1 ? say` and ${fields.length - 1} more` : say``;
      const remedy =
        after.kind === 'StatefulSet'
          ? say`. Delete it with --cascade=orphan, so that pods and volumes stay, and let Argo CD make it again`
          : say`. Delete it by hand, and let Argo CD make it again`;
      yield {
        subject: subjectOf(change),
        message: say`${dotted(first.path)}${more} of ${describe(after)} may not change (${written(first.before)} → ${written(first.after)})`,
        consequence: say`the API server refuses it: the sync stops here, and nothing after it is applied${remedy}`,
        changes: [change],
      };
    }
  },
};

function written(value: Json | undefined): Phrase {
  return value === undefined ? words('nothing') : say`${shown(value)}`;
}

const IMMUTABLE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  StatefulSet: [
    ['spec', 'volumeClaimTemplates'],
    ['spec', 'serviceName'],
    ['spec', 'selector'],
    ['spec', 'podManagementPolicy'],
  ],
  Deployment: [['spec', 'selector']],
  DaemonSet: [['spec', 'selector']],
  Job: [
    ['spec', 'template'],
    ['spec', 'selector'],
    ['spec', 'completionMode'],
  ],
  StorageClass: [['provisioner'], ['parameters'], ['reclaimPolicy'], ['volumeBindingMode']],
  PersistentVolumeClaim: [
    ['spec', 'storageClassName'],
    ['spec', 'accessModes'],
    ['spec', 'volumeName'],
    ['spec', 'volumeMode'],
  ],
  Service: [['spec', 'clusterIP']],
  RoleBinding: [['roleRef']],
  ClusterRoleBinding: [['roleRef']],
  PriorityClass: [['value']],
};

function isImmutable(kind: string, field: FieldChange): boolean {
  if (!(own(IMMUTABLE, kind) ?? []).some((path) => under(field.path, ...path))) return false;
  // A smaller volume is worse than refused, and has a class of its own.
  const [before, after] = [quantity(field.before), quantity(field.after)];
  return !(field.path.at(-1) === 'storage' && before !== undefined && after !== undefined && after < before);
}

/** True for what Argo CD deletes and makes anew at each sync. */
function isRemade(manifest: Manifest): boolean {
  const hook = annotationsOf(manifest)['argocd.argoproj.io/hook'];
  const policy = annotationsOf(manifest)['argocd.argoproj.io/hook-delete-policy'] ?? 'BeforeHookCreation';
  if (hook !== undefined) return policy.includes('BeforeHookCreation') || policy.includes('HookSucceeded');
  const replaced = annotatedOptions(manifest)['Replace'] === 'true' && annotatedOptions(manifest)['Force'] === 'true';
  return replaced && get(manifest.body, 'kind') === 'Job';
}
