import type { Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { addressesOf } from '../../view/addresses.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { severalOf } from '../../view/planned.ts';
import { isPeer, mayPass, policiesFor, type Peer } from '../../view/policies.ts';

/** Where every distribution of Kubernetes runs it. */
const DNS: Peer = { kind: 'namespace', namespace: 'kube-system' };

function report(cluster: ClusterView, stopped: readonly Workload[], protocol: string): Report {
  const policies = stopped.slice(0, 1).flatMap((workload) => policiesFor(cluster, workload, 'egress'));
  const asks = policies.flatMap((policy) =>
    policy
      .rules('egress')
      .filter(({ peers }) => peers.some((one) => isPeer(cluster, policy, one, DNS)))
      .map(({ path }) => inManifest(policy.manifest, ...path, 'ports')),
  );
  const all = policies.map(({ manifest }) => inManifest(manifest, 'spec', 'policyTypes'));
  return {
    place: asks[0] ?? all[0] ?? inManifest(stopped[0]?.manifest ?? raise()),
    message: `${severalOf(stopped)} looks names up, and no NetworkPolicy lets it ask DNS over ${protocol}`,
    help: 'allow UDP and TCP on port 53 to the DNS pods in `kube-system`, for every pod of the namespace',
  };
}

function raise(): never {
  throw new Error('nobody is stopped');
}

export const rule: Rule = {
  meta: {
    id: 'blocked-dns',
    family: 'network',
    severity: 'error',
    description: 'Pods that look names up may not ask DNS, over UDP and TCP.',
    why: 'No name resolves; or, where only UDP is open, answers that are too long for one packet are lost: those of large headless Services.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    const callers = addressesOf(cluster).flatMap((address) => address.callers.map(({ workload }) => workload));
    for (const [, workloads] of Map.groupBy(new Set(callers), ({ namespace }) => namespace)) {
      for (const protocol of ['UDP', 'TCP']) {
        const stopped = workloads.filter(
          (workload) => !mayPass(cluster, workload, 'egress', DNS, { port: 53, protocol }),
        );
        if (stopped.length > 0) yield report(cluster, stopped, protocol);
      }
    }
  },
};
