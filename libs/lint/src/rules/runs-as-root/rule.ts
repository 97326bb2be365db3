import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'runs-as-root',
    family: 'kubernetes',
    severity: 'error',
    description: 'A container may run as root.',
    why: 'Root in a container is root on the node as soon as it gets out.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    const workload = workloadOf(manifest);
    if (workload === undefined) return;
    const { pod, podPath } = workload;
    for (const { body, name, path } of workload.containers) {
      const own = get(body, 'securityContext', 'runAsNonRoot') ?? get(pod, 'securityContext', 'runAsNonRoot');
      const user = get(body, 'securityContext', 'runAsUser') ?? get(pod, 'securityContext', 'runAsUser');
      if (own === true && user !== 0) continue;
      const inContainer = get(body, 'securityContext', user === 0 ? 'runAsUser' : 'runAsNonRoot') !== undefined;
      const at = [...(inContainer ? path : podPath), 'securityContext', user === 0 ? 'runAsUser' : 'runAsNonRoot'];
      yield {
        place: inManifest(manifest, ...at),
        message: `container \`${name}\` may run as root`,
        help: 'set `runAsNonRoot: true` and a `runAsUser` above 0 for the pod',
      };
    }
  },
};
