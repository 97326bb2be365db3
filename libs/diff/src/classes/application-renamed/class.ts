import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { cascades } from '../../match/changes.ts';
import { dotted, shown, under } from '../../fields/path.ts';
import { isApplication, sourceOf } from '../../view/argocd.ts';
import { subjectOf } from '../../view/stateful.ts';

export const applicationRenamed: DangerClass = {
  meta: {
    id: 'application-renamed',
    danger: 'D02',
    effect: 'downtime',
    blocks: true,
    description: 'An Argo CD Application gets another name, project or destination.',
    why: 'To Argo CD a new name is a new Application: the old one is deleted, with a finalizer together with all that it deployed, before the new one deploys it again.',
    source: 'argoproj/applicationset#254; argo-cd#16721, #9227; fluxcd/flux2#3316',
  },
  *find({ after, changes }) {
    const successors = new Map(after.manifests.filter(isApplication).map((one) => [sourceOf(one), one]));
    for (const change of changes) {
      const { before: old } = change;
      if (old === undefined || !isApplication(old)) continue;
      const now = change.action === 'removed' ? successors.get(sourceOf(old)) : change.after;
      if (now === undefined) continue;
      const cost = cascades(old)
        ? say`the finalizer of the old one deletes everything first, volumes too where nothing protects them, and the new one starts from nothing`
        : say`both claim the same objects until the old one is gone; with FailOnSharedResource the new one does not sync`;
      if (old.name !== now.name || old.namespace !== now.namespace) {
        yield {
          subject: subjectOf(change),
          message: say`the Application ${old.name} is called ${now.name} now`,
          consequence: cost,
          effect: cascades(old) ? 'data-loss' : 'downtime',
          changes: changes.filter((one) => one.before === old || one.after === now),
        };
        continue;
      }
      for (const field of ['destination', 'project']) {
        const [first] = change.fields.filter(({ path }) => under(path, 'spec', field));
        if (first === undefined) continue;
        yield {
          subject: subjectOf(change),
          message: say`${dotted(first.path)} of the Application ${old.name} goes from ${shown(first.before)} to ${shown(first.after)}`,
          consequence:
            field === 'destination'
              ? say`everything is made anew in the new place, with empty volumes; what is in the old place stays behind, unmanaged`
              : say`the new project must allow every source, namespace and kind of it, or it does not sync`,
          effect: field === 'destination' ? 'data-loss' : 'downtime',
          changes: [change],
        };
      }
    }
  },
};
