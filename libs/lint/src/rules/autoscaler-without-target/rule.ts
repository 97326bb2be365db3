import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'autoscaler-without-target',
    family: 'kubernetes',
    severity: 'error',
    description: 'An autoscaler names a workload that is not there.',
    why: 'Nothing is scaled, and under load nothing is added.',
    source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  },
  kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
  *manifest(manifest, cluster) {
    const kind = text(manifest.body, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment';
    const name = text(manifest.body, 'spec', 'scaleTargetRef', 'name') ?? '';
    // Other kinds (Rollout) are not known here.
    if (!['Deployment', 'StatefulSet'].includes(kind)) return;
    if (cluster.find(kind, name, manifest.namespace) !== undefined) return;
    yield {
      place: inManifest(manifest, 'spec', 'scaleTargetRef', 'name'),
      message: `${manifest.kind} \`${manifest.name}\` scales ${kind} \`${name}\`, which is not in namespace \`${manifest.namespace}\``,
      help: 'name the workload as it is called, with its kind',
    };
  },
};
