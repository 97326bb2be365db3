import { count, listed, say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { describe } from '@lgtm-fleet/manifests';
import { worstGone } from '../../effects/default.ts';

export const massDeletion: DangerClass = {
  meta: {
    id: 'mass-deletion',
    danger: 'D24',
    effect: 'data-loss',
    blocks: true,
    description: 'More than a tenth of the objects of a cluster disappear, or more than twenty.',
    why: 'The safety net under all other classes: whatever the reason is, somebody should have meant it.',
    source: 'argo-cd#15058, #18780: everything deleted after an API answered nothing',
  },
  *find({ name, changes, objects }) {
    const gone = changes.filter(({ action, orphaned }) => action === 'removed' && !orphaned);
    const share = objects === 0 ? 0 : gone.length / objects;
    if (gone.length <= MOST && (share <= SHARE || gone.length < LEAST)) return;
    const kinds = [...Map.groupBy(gone, ({ kind }) => kind)].toSorted(
      (left, right) => right[1].length - left[1].length,
    );
    yield {
      subject: 'objects',
      message: say`${count(gone.length, 'object')} of ${objects} (${words(`${String(Math.round(share * 100))} %`)}) disappear from ${name}`,
      consequence: say`Argo CD deletes ${listed(kinds.map(([kind, all]) => say`${all.length} of kind ${kind}`))}: ${listed(gone.map((change) => describe(change)))}`,
      effect: worstGone(gone),
      changes: [],
    };
  },
};

const MOST = 20;
const SHARE = 0.1;
/** In a cluster of a dozen objects a tenth is one; those have classes of their own. */
const LEAST = 5;
