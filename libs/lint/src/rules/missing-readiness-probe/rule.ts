import { get, selects, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-readiness-probe',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A container that serves has no readiness probe.',
    why: 'Its Service sends requests as soon as the process starts, and to pods that cannot answer.',
    source: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  },
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  *manifest(manifest, cluster) {
    const workload = workloadOf(manifest);
    if (workload === undefined) return;
    const served = cluster.ofKind('Service').some(({ namespace, body }) => {
      const selector = get(body, 'spec', 'selector');
      return (
        selector !== undefined &&
        namespace === workload.namespace &&
        selects({ matchLabels: selector }, workload.labels)
      );
    });
    const main = workload.containers.filter(({ init, ports }) => !init && ports.length > 0);
    if (!served || main.length === 0 || main.some(({ body }) => get(body, 'readinessProbe') !== undefined)) return;
    const [first] = main;
    if (first === undefined) return;
    yield {
      place: inManifest(manifest, ...first.path, 'readinessProbe'),
      message: `a Service sends requests to container \`${first.name}\`, which never says that it is ready`,
      help: 'add a `readinessProbe`',
    };
  },
};
