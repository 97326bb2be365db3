import { text, withoutHash } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { applicationOf, syncOptions } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'prune-before-replacement',
    family: 'gitops',
    severity: 'warning',
    description: 'ConfigMaps with a hash in their names are pruned before new pods run.',
    why: 'Old pods that restart in between find their configuration gone.',
    source: 'https://github.com/fluxcd/flux2/issues/3378',
  },
  *cluster(cluster) {
    const hashed = Map.groupBy(
      cluster.manifests.filter(({ kind, name }) => kind === 'ConfigMap' && withoutHash(name) !== undefined),
      ({ folder }) => folder,
    );
    for (const [folder, [first]] of hashed) {
      const application = applicationOf(cluster, folder);
      if (application === undefined || syncOptions(application).includes('PruneLast=true')) continue;
      if (text(application.body, 'spec', 'syncPolicy', 'automated', 'prune') === 'false') continue;
      yield {
        place: inManifest(application, 'spec', 'syncPolicy', 'syncOptions'),
        message: `the ConfigMap before \`${first?.name ?? ''}\` is pruned while pods still mount it`,
        help: 'add `PruneLast=true` to the sync options',
      };
    }
  },
};
