import { number, type Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { addressesOf } from '../../view/addresses.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { severalOf } from '../../view/planned.ts';
import { deniesAll, isPeer, mayPass, policiesFor, type Peer } from '../../view/policies.ts';

/** Where every distribution of Kubernetes runs it. */
const DNS: Peer = { kind: 'namespace', namespace: 'kube-system' };

function report(cluster: ClusterView, stopped: readonly Workload[], protocols: string): Report {
  const policies = stopped.slice(0, 1).flatMap((workload) => policiesFor(cluster, workload, 'egress'));
  // A rule for DNS that is not quite one is the place to mend: one with its port, else one with its pods.
  const rules = policies.flatMap((policy) => policy.rules('egress').map((rule) => ({ policy, ...rule })));
  const isDns = ({ policy, peers }: (typeof rules)[number]): boolean =>
    peers.some((one) => isPeer(cluster, policy, one, DNS));
  const near = rules.find(({ ports }) => ports.some((port) => number(port, 'port') === 53)) ?? rules.find(isDns);
  const [any] = policies.toSorted(
    (left, right) => Number(deniesAll(right, 'egress')) - Number(deniesAll(left, 'egress')),
  );
  return {
    place:
      near === undefined
        ? inManifest((any ?? raise()).manifest, 'spec', 'policyTypes')
        : inManifest(near.policy.manifest, ...near.path, isDns(near) ? 'ports' : 'to'),
    message: `${severalOf(stopped)} looks names up, and no NetworkPolicy lets it ask DNS over ${protocols}`,
    help: 'allow UDP and TCP on port 53 to the DNS pods in `kube-system`, for every pod of the namespace',
  };
}

function raise(): never {
  throw new Error('nobody is stopped without a policy');
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
      const stopped = (protocol: string): readonly Workload[] =>
        workloads.filter((workload) => !mayPass(cluster, workload, 'egress', DNS, { port: 53, protocol }));
      const protocols = ['UDP', 'TCP'].filter((protocol) => stopped(protocol).length > 0);
      const all = [...new Set(protocols.flatMap(stopped))];
      if (all.length > 0) yield report(cluster, all, protocols.join(' and '));
    }
  },
};
