import { get, text, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-seccomp-profile',
    family: 'kubernetes',
    severity: 'error',
    description: 'A pod filters no calls to the kernel.',
    why: 'Faults of the kernel are reached by calls that no program here makes.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    const workload = workloadOf(manifest);
    if (workload === undefined) return;
    const path = ['securityContext', 'seccompProfile', 'type'] as const;
    const filtered = (type: string | undefined): boolean => type === 'RuntimeDefault' || type === 'Localhost';
    if (filtered(text(workload.pod, ...path))) return;
    const open = workload.containers.filter(({ body }) => !filtered(text(body, ...path)));
    for (const container of open) {
      const own = get(container.body, ...path) !== undefined;
      yield {
        place: inManifest(manifest, ...(own ? container.path : workload.podPath), ...path),
        message: `container \`${container.name}\` may make any call to the kernel`,
        help: 'set `seccompProfile: { type: RuntimeDefault }` for the pod',
      };
    }
  },
};
