import { list, number, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { isPrivileged } from '../../view/pod-security.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'host-port',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A container takes a port of its node.',
    why: 'Only one such pod fits on a node, and whoever reaches the node reaches it, past every Service.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, cluster) {
    const workload = workloadOf(manifest);
    if (workload === undefined || isPrivileged(cluster, workload.namespace)) return;
    for (const { body, path } of workload.containers) {
      for (const [index, port] of list(body, 'ports').entries()) {
        const taken = number(port, 'hostPort');
        if (taken === undefined) continue;
        yield {
          place: inManifest(manifest, ...path, 'ports', index, 'hostPort'),
          message: `port ${String(taken)} of the node is taken`,
          help: 'reach it through a Service',
        };
      }
    }
  },
};
