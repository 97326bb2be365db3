import { isCancel, text } from '@clack/prompts';
import { ARGOCD_NAMESPACE, belongsTo, planTeardown, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { visible } from '@lgtm-fleet/diagnostics';
import { namespaces as stackNamespaces } from '@lgtm-fleet/overlay';
import { setTimeout as sleep } from 'node:timers/promises';
import { print, type ExitCode } from '../console.ts';
import type { Client } from '../kubernetes/client.ts';
import { connect, connectionProblem } from '../kubernetes/connect.ts';
import { everything, release, remove, removeApplications } from '../kubernetes/remove.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';

export interface TeardownOptions {
  readonly cluster: string;
  readonly context?: string;
  readonly yes?: boolean;
  readonly deleteData?: boolean;
  readonly argocd?: boolean;
}

/** Takes the stack out of a cluster; what cannot be made again stays unless it is asked for by name. */
export async function teardown(options: TeardownOptions): Promise<ExitCode | Problem> {
  const connection = await connect(options.context);
  if (isProblem(connection)) return connection;
  const { client } = connection;
  try {
    return await onCluster(options, client);
  } catch (error) {
    return connectionProblem(error, client);
  }
}

async function onCluster(options: TeardownOptions, client: Client): Promise<ExitCode | Problem> {
  const { cluster } = options;
  const found = await everything(client, [ARGOCD_NAMESPACE, ...stackNamespaces]);
  const namespaces = found.filter(
    ({ kind, metadata }) => kind === 'Namespace' && stackNamespaces.some((name) => name === metadata.name),
  );
  const foreign = namespaces.find(({ metadata }) => !belongsTo(cluster, metadata));
  if (foreign !== undefined && namespaces.every(({ metadata }) => !belongsTo(cluster, metadata)))
    return problem(
      `namespace ${foreign.metadata.name} on ${visible(client.server)} is not of ${visible(cluster)}; nothing was changed`,
      'is this the right context? See --context',
      1,
    );
  const plan = planTeardown(cluster, found);
  const others = foreignApplications(cluster, found);
  if (options.argocd === true && others.length > 0)
    return problem(
      `Argo CD also has ${others.map(({ metadata }) => visible(metadata.name)).join(', ')}; removing it would remove those`,
      'leave out --argocd, or remove them first',
      1,
    );
  const removesArgocd =
    options.argocd === true && found.some(({ metadata }) => metadata.namespace === ARGOCD_NAMESPACE);
  const ownNamespaces = namespaces.filter(({ metadata }) => belongsTo(cluster, metadata));
  const data = options.deleteData === true ? ownNamespaces : [];
  const going = (namespace: string | undefined): boolean =>
    (removesArgocd && namespace === ARGOCD_NAMESPACE) || data.some(({ metadata }) => metadata.name === namespace);
  const released = plan.release.filter(
    ({ kind, metadata }) => !going(metadata.namespace) && !(kind === 'Namespace' && going(metadata.name)),
  );
  if (plan.remove.length === 0 && data.length === 0 && !removesArgocd && released.length === 0) {
    print(`nothing of ${visible(cluster)} runs on ${visible(client.server)}`);
    return 0;
  }
  print(
    [
      `${visible(cluster)} on ${visible(client.server)} (context ${visible(client.context)})`,
      `goes: ${tally(plan.remove)}`,
      ...(data.length > 0
        ? [`goes: namespaces ${names(data)} with ALL DATA in them: ${tally(dataOf(found, ownNamespaces))}`]
        : [`stays: ${tally([...ownNamespaces, ...dataOf(found, ownNamespaces)])}`]),
      removesArgocd ? 'goes: Argo CD with its definitions' : 'stays: Argo CD',
      'stays: objects in buckets outside, and definitions of third parties',
    ].join('\n'),
  );
  const agreed = await confirm(options);
  if (isProblem(agreed)) return agreed;
  if (!agreed) return problem('not confirmed; nothing was changed', undefined, 1);

  await removeApplications(
    client,
    cluster,
    plan.remove.filter(({ kind }) => kind === 'Application'),
  );
  if (data.length > 0) await endPods(client, found, data);
  for (const object of plan.remove.filter(({ kind }) => kind !== 'Application')) await remove(client, object);
  await podsGone(client, ownNamespaces);
  for (const object of data) await remove(client, object);
  const slow = await stillThere(client, data);
  if (slow.length > 0)
    return problem(
      `namespace ${names(slow)} is still being deleted`,
      'something in it is slow to go: see its status.conditions; running this again goes on',
      1,
    );
  if (removesArgocd) await removeArgocd(client, found);
  // Last, when Argo CD syncs nothing any more that could put it back.
  for (const object of released) await release(client, object);
  print(
    `${String(plan.remove.length)} objects of ${visible(cluster)} removed${data.length > 0 ? ', and its data' : '; its volumes and Secrets are there for the next bootstrap'}`,
  );
  return 0;
}

/** A person types the name of the cluster; without a terminal the flag has to say it. */
async function confirm({ cluster, yes }: TeardownOptions): Promise<boolean | Problem> {
  if (yes === true) return true;
  if (!process.stdin.isTTY)
    return problem('there is no terminal to ask', 'say --yes if this is what you want; nothing was changed', 1);
  const answer = await text({ message: `Type ${cluster} to go on` });
  return !isCancel(answer) && answer === cluster;
}

/** Claims come from templates and Secrets from bootstrap: they are found by where they are, not by a label. */
function dataOf(found: readonly ClusterObject[], namespaces: readonly ClusterObject[]): readonly ClusterObject[] {
  const within = new Set(namespaces.map(({ metadata }) => metadata.name));
  return found.filter(
    ({ kind, metadata }) =>
      (kind === 'PersistentVolumeClaim' || kind === 'Secret') && within.has(metadata.namespace ?? ''),
  );
}

function foreignApplications(cluster: string, found: readonly ClusterObject[]): readonly ClusterObject[] {
  return found.filter(({ kind, metadata }) => kind === 'Application' && !belongsTo(cluster, metadata));
}

async function podsGone(client: Client, namespaces: readonly ClusterObject[]): Promise<void> {
  const start = performance.now();
  while (performance.now() - start < 180_000) {
    const lists = await Promise.all(
      namespaces.map(({ metadata }) => client.list({ apiVersion: 'v1', kind: 'Pod' }, metadata.name)),
    );
    if (lists.every((list) => (list ?? []).length === 0)) return;
    await sleep(2000);
  }
}

/** Each before what it makes. */
const OWNERS = ['CronJob', 'Job', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

/**
 * Ends every pod of namespaces that go. What a store would still write into buckets goes with the buckets, so it need
 * not take the minutes that it is given. Only the first deletion of a pod says how long it may take: so what owns pods
 * is removed without them, or they would be deleted with all their minutes before they are told to hurry.
 */
async function endPods(
  client: Client,
  found: readonly ClusterObject[],
  namespaces: readonly ClusterObject[],
): Promise<void> {
  const within = new Set(namespaces.map(({ metadata }) => metadata.name));
  for (const owner of OWNERS)
    for (const object of found)
      if (object.kind === owner && within.has(object.metadata.namespace ?? '')) await remove(client, object, 'Orphan');
  for (const name of within)
    await client.send({ method: 'DELETE', path: `/api/v1/namespaces/${name}/pods?gracePeriodSeconds=1` });
}

/** Namespaces that are not gone after three minutes. */
async function stillThere(client: Client, namespaces: readonly ClusterObject[]): Promise<readonly ClusterObject[]> {
  const start = performance.now();
  for (;;) {
    const found = await Promise.all(namespaces.map((namespace) => client.read(namespace)));
    const left = found.flatMap((namespace) => namespace ?? []);
    if (left.length === 0 || performance.now() - start > 180_000) return left;
    await sleep(1000);
  }
}

/** The namespace with all in it, and what Argo CD has outside of it. */
async function removeArgocd(client: Client, found: readonly ClusterObject[]): Promise<void> {
  const outside = found.filter(
    ({ kind, metadata }) =>
      ['ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition'].includes(kind) &&
      metadata.labels?.['app.kubernetes.io/part-of'] === 'argocd',
  );
  for (const object of outside) await remove(client, object);
  await remove(client, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ARGOCD_NAMESPACE } });
}

function tally(objects: readonly ClusterObject[]): string {
  const kinds = Map.groupBy(objects, ({ kind }) => kind);
  return (
    [...kinds].map(([kind, all]) => `${String(all.length)} ${all.length === 1 ? kind : plural(kind)}`).join(', ') ||
    'nothing'
  );
}

function names(objects: readonly ClusterObject[]): string {
  return objects.map(({ metadata }) => visible(metadata.name)).join(', ');
}

function plural(kind: string): string {
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
