import { listed, say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe, get, list, text, type Manifest } from '@lgtm-fleet/manifests';
import { annotatedOptions, read, syncOptions } from '../../view/argocd.ts';
import { claimsOf, subjectOf } from '../../view/stateful.ts';

export const protectionRemoved: DangerClass = {
  meta: {
    id: 'protection-removed',
    danger: 'D08',
    effect: 'data-loss',
    blocks: true,
    description: 'What kept an object or its volumes from being deleted is taken away.',
    why: 'Nothing happens today; the next mistake is no longer caught. Protections go in the same pull request as the deletion that they were there for, or long before it.',
    source: 'argo-cd#9853, #12388',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (change.action !== 'changed' || before === undefined || after === undefined) continue;
      const now = protections(after);
      const lost = [...protections(before)].filter(
        ([what, { strength, claim }]) =>
          (now.get(what)?.strength ?? 0) < strength &&
          // A claim that goes altogether has classes of its own.
          (claim === undefined || claimsOf(after).some(({ name }) => name === claim)),
      );
      const [first] = lost;
      if (first === undefined) continue;
      const volumes =
        lost.some(([, { claim }]) => claim !== undefined) || lost.some(([what]) => what.startsWith('volumes'));
      yield {
        subject: subjectOf(change),
        message: say`${describe(after)} loses its protection: ${listed(lost.map(([what]) => what))}`,
        consequence: say`the next change that lets it go deletes ${words(volumes ? 'its volumes, with what is on them' : 'it')}, and nobody is asked`,
        changes: [change],
      };
    }
  },
};

interface Protection {
  /** 2 forbids, 1 asks a person. */
  readonly strength: number;
  /** The claim that it protects, where it is not the object itself. */
  readonly claim?: string;
}

/** What protects an object: `Prune=confirm`, `Delete=false of volume data`. */
function protections(manifest: Manifest): ReadonlyMap<string, Protection> {
  const { body, kind } = manifest;
  const found = new Map<string, Protection>();
  const note = (options: Readonly<Record<string, string>>, claim?: string): void => {
    for (const option of ['Prune', 'Delete']) {
      const strength = options[option] === 'false' ? 2 : options[option] === 'confirm' ? 1 : 0;
      const what = claim === undefined ? option : `${option} of volume ${claim}`;
      if (strength > 0) found.set(what, { strength, ...(claim !== undefined && { claim }) });
    }
  };
  note(syncOptions(body));
  note(annotatedOptions(manifest));
  for (const claim of list(body, 'spec', 'volumeClaimTemplates')) {
    const options = text(claim, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options') ?? '';
    note(read([options]), text(claim, 'metadata', 'name') ?? '');
  }
  if (kind === 'StatefulSet')
    for (const when of ['whenDeleted', 'whenScaled'])
      // Kubernetes retains where nothing is said.
      if (get(body, 'spec', 'persistentVolumeClaimRetentionPolicy', when) !== 'Delete')
        found.set(`volumes ${when}`, { strength: 2 });
  if (kind === 'ExternalSecret' && get(body, 'spec', 'target', 'deletionPolicy') !== 'Delete')
    found.set('deletionPolicy', { strength: 2 });
  if (kind === 'PersistentVolume' && get(body, 'spec', 'persistentVolumeReclaimPolicy') === 'Retain')
    found.set('reclaimPolicy', { strength: 2 });
  return found;
}
