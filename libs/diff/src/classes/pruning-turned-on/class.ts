import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, type Manifest } from '@lgtm-fleet/manifests';
import { cascades } from '../../match/changes.ts';
import { isApplication } from '../../view/argocd.ts';
import { subjectOf } from '../../view/stateful.ts';

export const pruningTurnedOn: DangerClass = {
  meta: {
    id: 'pruning-turned-on',
    danger: 'D08',
    effect: 'downtime',
    blocks: true,
    description:
      'Argo CD may delete more than before: pruning, pruning to nothing, or cascading deletion is turned on.',
    why: 'What was left alone when it disappeared from git is deleted from now on; with allowEmpty also everything, when a build gives nothing.',
    source: 'Argo CD documentation, automated sync; argo-cd#9853',
  },
  *find({ changes }) {
    for (const change of changes) {
      const { before, after } = change;
      if (change.action !== 'changed' || before === undefined || after === undefined || !isApplication(after)) continue;
      const old = powers(before);
      for (const [power, cost] of powers(after)) {
        if (old.has(power)) continue;
        yield {
          subject: `${subjectOf(change)}:${power}`,
          message: say`the Application ${after.name} gets ${power}`,
          consequence: words(cost),
          changes: [change],
        };
      }
    }
  },
};

function powers(application: Manifest): ReadonlyMap<string, string> {
  const automated = get(application.body, 'spec', 'syncPolicy', 'automated');
  const all = [
    [
      'prune',
      get(automated, 'prune') === true,
      'what is not in git any more is deleted at the next sync, also what others left there',
    ],
    [
      'allowEmpty',
      get(automated, 'allowEmpty') === true,
      'a build that gives nothing deletes everything; until now Argo CD refused',
    ],
    ['finalizer', cascades(application), 'whoever deletes the Application deletes everything that it deployed'],
  ] as const;
  return new Map(all.filter(([, has]) => has).map(([power, , cost]) => [power, cost]));
}
