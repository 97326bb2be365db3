import { get, object, selects, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'selector-misses-template',
    family: 'kubernetes',
    severity: 'error',
    description: 'The selector of a workload does not select its own pods.',
    why: 'The API server refuses it, and the sync fails.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    const selector = get(manifest.body, 'spec', 'selector');
    const workload = workloadOf(manifest);
    // Jobs are given theirs.
    if (workload === undefined || selector === undefined || /Job$/.test(manifest.kind)) return;
    if (selects(selector, workload.labels)) return;
    const wrong = Object.entries(object(selector, 'matchLabels')).find(
      ([key, value]) => workload.labels[key] !== value,
    );
    const path = wrong === undefined ? ['matchExpressions'] : ['matchLabels', wrong[0]];
    const has = wrong && workload.labels[wrong[0]];
    yield {
      place: inManifest(manifest, 'spec', 'selector', ...path),
      message: `${manifest.kind} \`${manifest.name}\` selects pods that its own template does not make`,
      ...(wrong !== undefined && {
        label: has === undefined ? 'its pods have no such label' : `its pods have \`${has}\``,
      }),
      help: 'make the labels of the template those of the selector; the selector of a running workload cannot change',
    };
  },
};
