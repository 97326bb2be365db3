import type { ClusterObject, Metadata } from '@lgtm-fleet/bootstrap';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, status, text, type Answer } from './api-server.ts';
import { portForward } from './port-forward.ts';
import { apiGroups, parsePath, resourcesOf, type Place } from './toy-kinds.ts';

/**
 * A cluster in memory on which bootstrap and teardown run to their end: it keeps what it is given, everything starts at
 * once, and its Argo CD makes the Applications that are in the repository. No judge of manifests: that is the real one.
 */
export interface ToyCluster {
  readonly url: string;
  readonly objects: () => readonly ClusterObject[];
  readonly close: () => Promise<void>;
}

export interface Source {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path: string;
}

export interface ToyOptions {
  readonly version: string;
  readonly objects: readonly ClusterObject[];
  /** What a repository holds at a path; throws what Argo CD would say where it cannot be read. */
  readonly sync: (source: Source) => readonly ClusterObject[];
  /** Told of each object that was made or changed. */
  readonly changed?: (object: ClusterObject) => void;
  /** The port of this machine behind a pod; nothing where the pod does not answer. */
  readonly portOf?: (pod: string) => number | undefined;
  readonly logOf?: (pod: string, sinceSeconds: number) => string;
  /** What goes wrong: an answer in the place of the usual one. */
  readonly instead?: (method: string, path: string) => Answer | undefined;
}

type Stored = Record<string, unknown> & ClusterObject;

export async function startToyCluster(options: ToyOptions): Promise<ToyCluster> {
  const { version, objects, sync, changed, portOf = () => undefined, logOf = () => '' } = options;
  const stored = new Map<string, Stored>();
  let writes = 0;
  const keyOf = ({ apiVersion, kind, metadata }: ClusterObject): string =>
    [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
  const put = (object: ClusterObject): Stored => {
    writes += 1;
    const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    const next: Stored = {
      ...object,
      metadata: {
        creationTimestamp: time,
        ...object.metadata,
        resourceVersion: String(writes),
        managedFields: [{ time }],
      },
    };
    stored.set(keyOf(next), next);
    return next;
  };

  /** What controllers would do: workloads run, and the root makes what is in git. */
  const reconcile = (object: Stored): void => {
    if (['Deployment', 'StatefulSet'].includes(object.kind)) {
      const { replicas = 1 } = (object['spec'] ?? {}) as { readonly replicas?: number };
      stored.set(keyOf(object), { ...object, status: { readyReplicas: replicas, updatedReplicas: replicas } });
      renewPods(object);
    }
    if (object.kind !== 'Application') return;
    const { source } = object['spec'] as { readonly source?: Source };
    stored.set(keyOf(object), { ...object, status: source === undefined ? HEALTHY : syncRoot(source) });
  };
  /** Whoever is told to restart has new pods at once. */
  const renewPods = (owner: Stored): void => {
    const { template } = (owner['spec'] ?? {}) as { readonly template?: { readonly metadata?: Metadata } };
    const at = template?.metadata?.annotations?.['kubectl.kubernetes.io/restartedAt'];
    if (at === undefined) return;
    for (const [key, pod] of stored)
      if (pod.kind === 'Pod' && pod.metadata.labels?.[NAME] === owner.metadata.labels?.[NAME])
        stored.set(key, { ...pod, metadata: { ...pod.metadata, creationTimestamp: at } });
  };
  const syncRoot = (source: Source): unknown => {
    try {
      for (const made of sync(source)) put({ ...made, status: HEALTHY });
      return { ...HEALTHY, sync: { status: 'Synced', comparedTo: { source } } };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { sync: { status: 'Unknown' }, conditions: [{ type: 'ComparisonError', message }] };
    }
  };

  const found = (place: Place): Stored | undefined =>
    stored.get(
      keyOf({
        apiVersion: place.apiVersion,
        kind: place.kind,
        metadata: { name: place.name ?? '', ...(place.namespace !== undefined && { namespace: place.namespace }) },
      }),
    );
  const write = (request: IncomingMessage, place: Place, body: Stored): Answer => {
    const before = found(place);
    const merge = request.headers['content-type'] === 'application/merge-patch+json';
    if (request.method === 'POST' && before !== undefined)
      return status(409, 'AlreadyExists', `${place.kind} is there`);
    if (merge && before === undefined) return status(404, 'NotFound', 'not found');
    const wanted = merge ? (merged(before, body) as Stored) : { ...body, applied: JSON.stringify(body) };
    if (before !== undefined && before['applied'] === wanted['applied'] && !merge) return json(before);
    const after = put(wanted);
    reconcile(after);
    changed?.(after);
    return json(after);
  };

  const remove = (place: Place): Answer => {
    if (place.name === undefined) {
      for (const [key, object] of stored) if (isAt(object, place)) stored.delete(key);
      return json({ kind: 'Status', status: 'Success' });
    }
    const gone = found(place);
    if (gone === undefined) return status(404, 'NotFound', 'not found');
    for (const [key, { metadata }] of stored)
      if (gone.kind === 'Namespace' && metadata.namespace === gone.metadata.name) stored.delete(key);
    stored.delete(keyOf(gone));
    return json({ kind: 'Status', status: 'Success' });
  };

  const answer = (request: IncomingMessage, body: string): Answer => {
    const url = new URL(request.url ?? '/', 'http://toy');
    const wrong = options.instead?.(request.method ?? '', url.pathname);
    if (wrong !== undefined) return wrong;
    if (url.pathname === '/version') return json({ gitVersion: version });
    if (url.pathname === '/apis') return json({ groups: apiGroups() });
    const resources = resourcesOf(url.pathname);
    if (resources !== undefined) return json({ resources });
    if (url.pathname.endsWith('/selfsubjectaccessreviews')) return json({ status: { allowed: true } });
    const [, logged] = /\/pods\/([^/]+)\/log$/.exec(url.pathname) ?? [];
    if (logged !== undefined) return text(logOf(logged, Number(url.searchParams.get('sinceSeconds') ?? Infinity)));
    const place = parsePath(url.pathname);
    if (place === undefined) return status(404, 'NotFound', 'not found');
    if (request.method === 'PATCH' || request.method === 'POST') {
      const object = JSON.parse(body) as Stored;
      return write(request, { ...place, name: place.name ?? object.metadata.name }, object);
    }
    if (request.method === 'DELETE') return remove(place);
    if (place.name !== undefined) {
      const one = found(place);
      return one === undefined ? status(404, 'NotFound', 'not found') : json(one);
    }
    const labels = (url.searchParams.get('labelSelector') ?? '').split(',').filter((pair) => pair !== '');
    return json({ items: [...stored.values()].filter((object) => isAt(object, place) && hasLabels(object, labels)) });
  };

  for (const object of objects) put(object);
  const server = createServer((request, response) => {
    collect(request, response, (body) => answer(request, body));
  });
  server.on('upgrade', (request, socket, head) => {
    const [, pod = ''] = /\/pods\/([^/]+)\/portforward\?/.exec(request.url ?? '') ?? [];
    portForward(request, socket, head, portOf(pod));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    objects: () => [...stored.values()],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const NAME = 'app.kubernetes.io/name';
const HEALTHY = { sync: { status: 'Synced' }, health: { status: 'Healthy' } };

/** As RFC 7396 has it: what is null goes. */
function merged(before: unknown, patch: unknown): unknown {
  if (!isMapping(patch)) return patch;
  const old = isMapping(before) ? before : {};
  const keys = [...new Set([...Object.keys(old), ...Object.keys(patch)])];
  return Object.fromEntries(
    keys
      .filter((key) => patch[key] !== null)
      .map((key) => [key, key in patch ? merged(old[key], patch[key]) : old[key]]),
  );
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAt(object: ClusterObject, { apiVersion, kind, namespace }: Place): boolean {
  return (
    object.apiVersion === apiVersion &&
    object.kind === kind &&
    (namespace === undefined || object.metadata.namespace === namespace)
  );
}

function hasLabels({ metadata }: ClusterObject, pairs: readonly string[]): boolean {
  return pairs.every((pair) => {
    const [key = '', value] = pair.split('=');
    return metadata.labels?.[key] === value;
  });
}

function collect(request: IncomingMessage, response: ServerResponse, answer: (body: string) => Answer): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    answer(Buffer.concat(chunks).toString('utf8'))(request, response);
  });
}
