import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { get, list, manifestOf, number, text, type JsonObject, type Manifest } from '@lgtm-fleet/manifests';
import { isOnNodeNetwork, type Plan } from '@lgtm-fleet/plan';
import { solver, worldOf, type AddressPeer, type PodPeer } from '@lgtm-fleet/reachability';
import type { Client } from '../../kubernetes/client.ts';
import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { answersOf, probePod, withHolder, type Answer } from './probe.ts';
import { chosen, judged, type Pair, type Source, type Target } from './pairs.ts';

/** At least so many pairs, half of them allowed. */
const PAIRS = 60;
/** Labels by which policies tell pods apart; others would make controllers and Services take a probe for a pod of theirs. */
const TOLD_BY = ['app.kubernetes.io/name', 'app.kubernetes.io/component', 'gossip'];

/** What the solver says of pairs of roles, strangers and what is outside, is what happens between them. */
export async function reachedAsSolved({ client }: Cluster, plan: Plan): Promise<Seen> {
  const own = [...new Set(plan.components.map(({ namespace }) => namespace))];
  const [policies, namespaces, pods] = await Promise.all([
    listed(client, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' }),
    listed(client, { apiVersion: 'v1', kind: 'Namespace' }),
    listed(client, { apiVersion: 'v1', kind: 'Pod' }),
  ]);
  const solve = solver(worldOf([...policies, ...namespaces]));
  const targets = [...podTargets(pods, own), ...(await apiServers(client))];
  const pairs = chosen(sourcesOf(plan, pods), targets, solve, PAIRS);
  const answers = await knocked(client, pairs);
  return judged(pairs, answers, PAIRS);
}

async function listed(
  client: Client,
  kind: { readonly apiVersion: string; readonly kind: string },
): Promise<readonly Manifest[]> {
  // A list does not say of each of its items what it is.
  const items = (await client.list(kind)) ?? [];
  return items.flatMap((item) => manifestOf({ ...item, ...kind } as unknown as JsonObject, 'cluster') ?? []);
}

/** Every role of the plan, whether its own pods run here or not, and a stranger. */
function sourcesOf(plan: Plan, pods: readonly Manifest[]): readonly Source[] {
  const roles = plan.components.flatMap(({ namespace, workloads }) =>
    workloads
      .filter(({ component }) => !isOnNodeNetwork(component))
      .map(({ component, role, name }): Source => {
        const labels = { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': role };
        const running = pods.find(
          (pod) =>
            pod.namespace === namespace &&
            Object.entries(labels).every(([key, value]) => get(pod.body, 'metadata', 'labels', key) === value),
        );
        const told = TOLD_BY.flatMap((key) => {
          const value = text(running?.body, 'metadata', 'labels', key);
          return value === undefined ? [] : [[key, value] as const];
        });
        return { name, namespace, labels: { ...labels, ...Object.fromEntries(told) } };
      }),
  );
  return [...roles, { name: 'stranger', namespace: 'default', labels: {} }];
}

/** Ports of ready pods of the stack, and of DNS. */
function podTargets(pods: readonly Manifest[], own: readonly string[]): readonly Target[] {
  return pods.flatMap(({ name, namespace, body }) => {
    const labels = (get(body, 'metadata', 'labels') ?? {}) as Readonly<Record<string, string>>;
    const dns = namespace === 'kube-system' && labels['k8s-app'] === 'kube-dns';
    const address = text(body, 'status', 'podIP');
    const ready = list(body, 'status', 'conditions').some(
      (one) => text(one, 'type') === 'Ready' && text(one, 'status') === 'True',
    );
    if (!ready || address === undefined || get(body, 'spec', 'hostNetwork') === true) return [];
    if (!dns && !own.some((one) => one === namespace)) return [];
    const ports = list(body, 'spec', 'containers').flatMap((container) => list(container, 'ports'));
    const peer: PodPeer = {
      kind: 'pod',
      name,
      namespace,
      labels,
      addresses: [address],
      ports: ports.flatMap((port) => {
        const [named, at] = [text(port, 'name'), number(port, 'containerPort')];
        const protocol = text(port, 'protocol') === 'UDP' ? 'UDP' : 'TCP';
        return named === undefined || at === undefined ? [] : [{ name: named, port: at, protocol }];
      }),
    };
    if (dns) return (['UDP', 'TCP'] as const).map((protocol) => ({ peer, host: address, port: 53, protocol }));
    return ports.flatMap((port) => {
      const at = number(port, 'containerPort');
      return at === undefined || (text(port, 'protocol') ?? 'TCP') !== 'TCP'
        ? []
        : [{ peer, host: address, port: at, protocol: 'TCP' as const }];
    });
  });
}

/** Where the API server listens, behind its Service. */
async function apiServers(client: Client): Promise<readonly Target[]> {
  const slices = (await client.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' }, 'default')) ?? [];
  return slices
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'kubernetes')
    .flatMap((slice) => {
      const { endpoints = [], ports = [] } = slice as ClusterObject & {
        readonly endpoints?: readonly { readonly addresses: readonly string[] }[];
        readonly ports?: readonly { readonly port?: number }[];
      };
      const [address] = endpoints.flatMap(({ addresses }) => addresses);
      const [{ port } = {}] = ports;
      if (address === undefined || port === undefined) return [];
      const peer: AddressPeer = { kind: 'address', name: 'kubernetes-api', address };
      return [{ peer, host: address, port, protocol: 'TCP' as const }];
    });
}

/** One probe for each source, and in each namespace one at a time: its quota was made for the planned pods. */
async function knocked(client: Client, pairs: readonly Pair[]): Promise<ReadonlyMap<Pair, Answer>> {
  const answers = new Map<Pair, Answer>();
  const bySource = Map.groupBy(pairs, ({ source }) => source);
  const byNamespace = Map.groupBy([...bySource], ([source]) => source.namespace);
  await Promise.all(
    [...byNamespace].map(([namespace, sources]) =>
      withHolder(client, namespace, async (holder) => {
        for (const [source, own] of sources) {
          const knocks = own.map(({ target: { host, port, protocol } }) => ({ host, port, protocol }));
          const pod = probePod(`e2e-probe-${source.name}`, namespace, source.labels, knocks, holder);
          const said = await answersOf(client, pod);
          own.forEach((pair, index) => answers.set(pair, said[index] ?? 'not asked'));
        }
      }),
    ),
  );
  return answers;
}
