import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { syncOptions } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-shared-object-guard',
    family: 'gitops',
    severity: 'warning',
    description: 'An Application takes over objects of another one.',
    why: 'Two that have the same object fight over it in silence, instead of the second being refused.',
    source:
      'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found',
  },
  kinds: ['Application'],
  *manifest(manifest) {
    if (syncOptions(manifest).includes('FailOnSharedResource=true')) return;
    yield {
      place: inManifest(manifest, 'spec', 'syncPolicy', 'syncOptions'),
      message: `${describe(manifest)} takes over what another Application already has`,
      help: 'add `FailOnSharedResource=true` to the sync options',
    };
  },
};
