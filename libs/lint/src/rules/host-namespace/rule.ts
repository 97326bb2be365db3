import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { isPrivileged } from '../../view/pod-security.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'host-namespace',
    family: 'kubernetes',
    severity: 'error',
    description: 'A pod shares the network, the processes or the memory of its node.',
    why: 'It sees the traffic and the processes of every other pod there, and NetworkPolicies do not hold for it.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, cluster) {
    const workload = workloadOf(manifest);
    if (workload === undefined) return;
    // A collector of the node's own figures has to be where they are; its namespace says so.
    if (workload.kind === 'DaemonSet' && isPrivileged(cluster, workload.namespace)) return;
    for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (get(workload.pod, key) !== true) continue;
      yield {
        place: inManifest(manifest, ...workload.podPath, key),
        message: `its pods share the node's ${SHARED[key] ?? ''}`,
        help: `remove \`${key}\``,
      };
    }
  },
};

const SHARED: Readonly<Record<string, string>> = { hostNetwork: 'network', hostPID: 'processes', hostIPC: 'memory' };
