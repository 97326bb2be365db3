import { count, listed, say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { waits } from '../../view/argocd.ts';
import { claimsOf, subjectOf } from '../../view/stateful.ts';

export const namespaceRemoved: DangerClass = {
  meta: {
    id: 'namespace-removed',
    danger: 'D04',
    effect: 'data-loss',
    blocks: true,
    description: 'A Namespace disappears, or is left to Argo CD to create.',
    why: 'Kubernetes deletes everything in a namespace with it: volumes, Secrets, what other tools put there.',
    source: 'argo-cd#16995, #17440, #22607',
  },
  *find({ before, changes }) {
    for (const change of changes) {
      const { before: namespace } = change;
      if (namespace?.kind !== 'Namespace' || (change.action !== 'removed' && change.action !== 'renamed')) continue;
      const inside = before.manifests.filter((one) => one.namespace === namespace.name);
      const volumes = inside.filter((manifest) => claimsOf(manifest).length > 0);
      yield {
        subject: subjectOf(change),
        message: say`the Namespace ${namespace.name} is no longer there`,
        consequence: say`Kubernetes deletes everything in it: ${inside.length === 0 ? words('no object') : count(inside.length, 'object')} of ours${volumes.length === 0 ? say`` : say`, the volumes of ${listed(volumes.map(({ name }) => name))}`}, every Secret${waits(namespace) ? say`. Argo CD asks a person first` : say`. Nobody is asked`}`,
        changes: [change],
      };
    }
  },
};
