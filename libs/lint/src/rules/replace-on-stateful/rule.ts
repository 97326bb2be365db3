import { annotationsOf, describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { applicationOf, syncOptions } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'replace-on-stateful',
    family: 'gitops',
    severity: 'error',
    description: 'Argo CD is told to replace or force a stateful object.',
    why: 'It deletes and makes anew: all pods of the set at once, and a Job or claim with what it holds.',
    source:
      'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#replace-resource-instead-of-applying-changes',
  },
  kinds: ['StatefulSet', 'PersistentVolumeClaim', 'Namespace'],
  *manifest(manifest, cluster) {
    const own = (annotationsOf(manifest)[KEY] ?? '').split(',').map((option) => option.trim());
    const application = applicationOf(cluster, manifest.folder);
    const all = application === undefined ? [] : syncOptions(application);
    for (const option of ['Replace=true', 'Force=true']) {
      const at = all.indexOf(option);
      if (own.includes(option)) {
        yield {
          place: inManifest(manifest, 'metadata', 'annotations', KEY),
          message: `a sync of ${describe(manifest)} with \`${option}\` deletes it first`,
          help: `remove \`${option}\``,
        };
      } else if (application !== undefined && at >= 0) {
        yield {
          place: inManifest(application, 'spec', 'syncPolicy', 'syncOptions', at),
          message: `a sync with \`${option}\` deletes what it changes, ${describe(manifest)} too`,
          help: `remove \`${option}\`; put it on the one object that needs it`,
        };
      }
    }
  },
};

const KEY = 'argocd.argoproj.io/sync-options';
