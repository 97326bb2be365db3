import { list, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'rolling-update-with-claim',
    family: 'kubernetes',
    severity: 'error',
    description: 'A Deployment replaces its pods one by one, and only one can have its volume.',
    why: 'The new pod waits for the volume that the old one keeps until the new one is ready: the rollout never ends.',
    source: 'https://github.com/grafana/helm-charts/issues/1184',
  },
  *cluster(cluster) {
    for (const { kind, manifest, namespace, pod, name: workload } of cluster.workloads) {
      if (kind !== 'Deployment' || text(manifest.body, 'spec', 'strategy', 'type') === 'Recreate') continue;
      for (const volume of list(pod, 'volumes')) {
        const name = text(volume, 'persistentVolumeClaim', 'claimName');
        const claim = name === undefined ? undefined : cluster.find('PersistentVolumeClaim', name, namespace);
        const modes = list(claim?.body, 'spec', 'accessModes');
        if (name === undefined || !modes.some((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod'))
          continue;
        yield {
          place: inManifest(manifest, 'spec', 'strategy', 'type'),
          message: `\`${workload}\` starts new pods before it stops old ones, and claim \`${name}\` is for one node`,
          help: 'set `strategy.type: Recreate`, or make it a StatefulSet',
        };
        break;
      }
    }
  },
};
