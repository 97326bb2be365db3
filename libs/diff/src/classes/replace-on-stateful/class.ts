import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe, type Manifest } from '@lgtm-fleet/manifests';
import { annotatedOptions, isApplication, syncOptions } from '../../view/argocd.ts';
import { claimsOf, subjectOf } from '../../view/stateful.ts';

export const replaceOnStateful: DangerClass = {
  meta: {
    id: 'replace-on-stateful',
    danger: 'D07',
    effect: 'data-loss',
    blocks: true,
    description: 'Argo CD is told to replace or force objects that hold data.',
    why: 'Replace and Force delete an object and make it anew where it cannot be changed in place; for a claim or a StatefulSet that is the end of its data.',
    source: 'Argo CD documentation, sync options: “potential to be destructive”; argo-cd#1068',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { after } = change;
      if (after === undefined || !holdsData(after)) continue;
      const [old, now] = [optionsOf(change.before), optionsOf(after)];
      const added = ['Replace', 'Force'].filter((option) => now[option] === 'true' && old[option] !== 'true');
      if (added.length === 0) continue;
      yield {
        subject: subjectOf(change),
        message: say`${describe(after)} is synced with ${added.map((option) => `${option}=true`).join(', ')}`,
        consequence: isApplication(after)
          ? say`whatever it deploys may be deleted and made anew at a sync: claims lose their volumes, StatefulSets all their pods at once`
          : say`it may be deleted and made anew at a sync: a claim loses its volume, a StatefulSet all its pods at once`,
        changes: [change],
      };
    }
  },
};

function optionsOf(manifest: Manifest | undefined): Readonly<Record<string, string>> {
  return { ...syncOptions(manifest?.body), ...annotatedOptions(manifest) };
}

function holdsData(manifest: Manifest): boolean {
  if (['PersistentVolumeClaim', 'Namespace', 'CustomResourceDefinition'].includes(manifest.kind)) return true;
  return isApplication(manifest) || claimsOf(manifest).length > 0;
}
