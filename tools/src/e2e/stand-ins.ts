import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import { stringify } from '@lgtm-fleet/yaml';
import { applyAll } from '../kubernetes/apply.ts';
import { documents } from '../kubernetes/manifests.ts';
import type { Checkout } from './checkout.ts';
import type { Cluster } from './cluster.ts';
import { basic } from './front-door.ts';
import { agentOf } from './collector/agent.ts';
import { agentConfig } from './outside/agent-config.ts';
import { until } from './wait.ts';

/**
 * Where the cluster cannot get Alloy's image, something else must scrape and send, or nothing behind it could be
 * shown. Both take Alloy's place in the NetworkPolicies; that Alloy itself works is not shown by them.
 */
const FIXTURES = join(import.meta.dirname, '../../fixtures/e2e-without-alloy');
/** Manifests of the collectors that stand in: of the one on each node, and of the one that asks sources outside. */
export const COLLECTOR_FILE = join(FIXTURES, 'collector.yaml');
export const SOURCES_FILE = join(FIXTURES, 'sources.yaml');
const MANAGER = 'lgtm-fleet-e2e';

/** The sample application sends to the gateway itself, by hand-written patches as a user would add them. */
export async function sendInAlloysPlace(checkout: Checkout): Promise<void> {
  cpSync(join(FIXTURES, 'patches'), join(checkout.root, 'clusters', checkout.cluster, 'patches'), { recursive: true });
  await checkout.change('send to the gateway', []);
}

/** A Prometheus agent scrapes pods and the kubelet, and pushes through the gateway, in the place of Alloy. */
export async function collectInAlloysPlace(cluster: Cluster, checkout: Checkout): Promise<void> {
  const namespaces = ['monitoring', 'sample'];
  await until('the namespaces', { seconds: 120 }, async () => {
    const found = await Promise.all(
      namespaces.map((name) => cluster.client.read({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    );
    return found[0] === undefined ? undefined : true;
  });
  const [workload] = documents(readFileSync(COLLECTOR_FILE, 'utf8'));
  if (workload === undefined) throw new Error(`${COLLECTOR_FILE} has no workload`);
  const config: ClusterObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: workload.metadata,
    data: { 'prometheus.yml': stringify(agentOf(alloyFile(checkout), await nodeOf(cluster))) },
  };
  const [[tenant, password] = ['', '']] = Object.entries(await cluster.secret('monitoring', 'tenant-credentials'));
  const sample = await cluster.client.read({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sample' } });
  const headers: ClusterObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'otlp-headers', namespace: 'sample' },
    stringData: { headers: `Authorization=${encodeURIComponent(basic({ tenant, password }))}` },
  };
  await applyAll(cluster.client, [config, workload, ...(sample === undefined ? [] : [headers])], MANAGER);
}

function alloyFile({ root, cluster }: Checkout): string {
  return readFileSync(join(root, 'overlays', cluster, 'alloy/config.alloy'), 'utf8');
}

interface Node {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

/** What a pod of the node would be told of it. One agent stands in for one node. */
async function nodeOf({ client }: Cluster): Promise<{ readonly NODE_NAME: string; readonly NODE_IP: string }> {
  const [node] = ((await client.list({ apiVersion: 'v1', kind: 'Node' })) ?? []) as readonly Node[];
  const address = node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  if (node === undefined || address === undefined) throw new Error('there is no node with an address');
  return { NODE_NAME: node.metadata.name, NODE_IP: address };
}

/** A Prometheus agent asks the sources outside of the plan, in the place of Alloy. */
export async function askSourcesInAlloysPlace({ client }: Cluster, plan: Plan): Promise<void> {
  const [workload] = documents(readFileSync(SOURCES_FILE, 'utf8'));
  if (workload === undefined) throw new Error(`${SOURCES_FILE} has no workload`);
  const { metadata } = workload;
  const config: ClusterObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { 'prometheus.yml': stringify(agentConfig(plan)) },
  };
  await applyAll(client, [config, workload], MANAGER);
}
