import { get } from '@lgtm-fleet/manifests';
import { inFile } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'deprecated-kustomize-field',
    family: 'gitops',
    severity: 'warning',
    description: 'A kustomization uses a field that Kustomize is about to remove.',
    why: 'The next major version builds something else, or nothing.',
    source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  },
  *cluster({ kustomizations }) {
    for (const { file, value } of kustomizations) {
      for (const [field, instead] of Object.entries(INSTEAD)) {
        if (get(value, field) === undefined) continue;
        yield {
          place: inFile(file, field),
          message: `the field \`${field}\` is deprecated`,
          help: `use \`${instead}\``,
        };
      }
    }
  },
};

/** What takes the place of each deprecated field. */
const INSTEAD: Readonly<Record<string, string>> = {
  bases: 'resources',
  commonLabels: 'labels',
  imageTags: 'images',
  patchesJson6902: 'patches',
  patchesStrategicMerge: 'patches',
  vars: 'replacements',
};
