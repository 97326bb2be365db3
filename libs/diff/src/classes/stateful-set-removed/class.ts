import { listed, say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe, text } from '@lgtm-fleet/manifests';
import { waits } from '../../view/argocd.ts';
import { claimsOf, holding, subjectOf } from '../../view/stateful.ts';

export const statefulSetRemoved: DangerClass = {
  meta: {
    id: 'stateful-set-removed',
    danger: 'D05',
    effect: 'data-loss',
    blocks: true,
    description: 'A StatefulSet with volumes, or a volume claim, disappears.',
    why: 'What its pods hold and have not uploaded yet is gone for those who ask, also where the volumes are kept.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before } = change;
      if (change.action !== 'removed' || change.orphaned || before === undefined) continue;
      if (before.kind === 'PersistentVolumeClaim') {
        yield {
          subject: subjectOf(change),
          message: say`the volume claim ${describe(before)} disappears`,
          consequence: say`its volume is deleted with it, unless its StorageClass keeps volumes${waits(before) ? say`. Argo CD asks a person first` : say``}`,
          changes: [change],
        };
        continue;
      }
      const claims = claimsOf(before);
      if (before.kind !== 'StatefulSet' || claims.length === 0) continue;
      const deletes = text(before.body, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';
      const volumes = listed(claims.map(({ name, size }) => `${name} (${size})`));
      yield {
        subject: subjectOf(change),
        message: say`${describe(before)} disappears`,
        consequence: say`its pods hold ${holding(before)?.holds ?? words('what is on its volume')}; nobody reads that any more. Its volumes ${volumes} ${deletes ? say`are deleted with it` : say`are kept, and need a person to be of use`}`,
        changes: [change],
      };
    }
  },
};
