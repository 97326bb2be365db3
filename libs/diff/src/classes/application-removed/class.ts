import { count, listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { cascades } from '../../match/changes.ts';
import { isApplication, sourceOf } from '../../view/argocd.ts';
import { claimsOf, subjectOf } from '../../view/stateful.ts';

export const applicationRemoved: DangerClass = {
  meta: {
    id: 'application-removed',
    danger: 'D01',
    effect: 'downtime',
    blocks: true,
    description: 'An Argo CD Application disappears, and with a finalizer everything that it deployed.',
    why: 'Applications come and go by one line of a generated list; a changed overlay removed all of them at once before.',
    source: 'redhat-appstudio/infra-deployments#4132; argo-cd#6046',
  },
  *find({ before, after, changes }) {
    const sources = new Set(after.manifests.filter(isApplication).map(sourceOf));
    for (const change of changes) {
      const { before: application } = change;
      // The same source under another name is a rename, which is a class of its own.
      if (application === undefined || change.action !== 'removed') continue;
      if (!isApplication(application) || sources.has(sourceOf(application))) continue;
      const path = sourceOf(application).split('//').at(-1) ?? '';
      const own = before.manifests.filter(({ folder }) => folder === path);
      const kept = own.filter((manifest) => claimsOf(manifest).length > 0);
      const volumes =
        kept.length === 0 ? say`` : say`, among them ${listed(kept.map(({ name }) => name))} with their volumes`;
      yield {
        subject: subjectOf(change),
        message: say`Argo CD no longer knows the Application ${application.name}`,
        consequence: cascades(application)
          ? say`its finalizer deletes ${own.length === 0 ? say`everything that it deployed` : count(own.length, 'object')}${volumes}`
          : say`it has no finalizer: ${own.length === 0 ? say`what it deployed` : count(own.length, 'object')} stay in the cluster${volumes}, and nobody upgrades, repairs or removes them any more`,
        effect: cascades(application) && kept.length > 0 ? 'data-loss' : 'downtime',
        changes: [change],
      };
    }
  },
};
