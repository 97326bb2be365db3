import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { exchange, isApiError, PATIENT, type Request, type Transport } from './http.ts';

/** What bootstrap asks of an API server; every object is plain JSON. */
export interface Client {
  readonly context: string;
  readonly server: string;
  readonly send: (request: Request) => Promise<unknown>;
  /** Undefined where there is no such object, nor kind. */
  readonly read: (object: Reference, signal?: AbortSignal) => Promise<ClusterObject | undefined>;
  /** All objects of a kind; undefined where the server does not know the kind. */
  readonly list: (
    kind: Kind,
    namespace?: string,
    query?: string,
    signal?: AbortSignal,
  ) => Promise<readonly ClusterObject[] | undefined>;
  /** The first objects of a kind of which there may be very many, and whether those are all. */
  readonly first: (
    most: number,
    kind: Kind,
    namespace?: string,
    signal?: AbortSignal,
  ) => Promise<{ readonly objects: readonly ClusterObject[]; readonly all: boolean } | undefined>;
  /** Path of the object; undefined where the server does not know the kind. */
  readonly pathOf: (object: Reference) => Promise<string | undefined>;
}

export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

export interface Reference extends Kind {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
  readonly kind: string;
}

interface List {
  readonly items?: readonly ClusterObject[];
  readonly metadata?: { readonly continue?: string };
}

/** Objects of which a server is asked at once, where it may have very many. */
const PAGE = 1000;

export function client(config: KubeConfig, transport: Transport = PATIENT): Client {
  const known = new Map<string, readonly Resource[]>();
  const send = (request: Request): Promise<unknown> => exchange(config, request, transport);

  const get = (path: string, signal: AbortSignal | undefined): Promise<unknown> =>
    orAbsent(send({ method: 'GET', path, ...(signal !== undefined && { signal }) }));

  const resourceOf = async ({ apiVersion, kind }: Kind, signal?: AbortSignal): Promise<Resource | undefined> => {
    const find = () => known.get(apiVersion)?.find((resource) => resource.kind === kind);
    if (find() === undefined) {
      // Asked again each time until it is there: a definition may just have been made.
      const answer = (await get(root(apiVersion), signal)) as { readonly resources?: readonly Resource[] } | undefined;
      known.set(
        apiVersion,
        (answer?.resources ?? []).filter(({ name }) => !name.includes('/')),
      );
    }
    return find();
  };

  const pathOf = async (object: Reference, signal?: AbortSignal): Promise<string | undefined> => {
    const resource = await resourceOf(object, signal);
    if (resource === undefined) return undefined;
    return `${collection(object.apiVersion, resource, object.metadata.namespace)}/${encodeURIComponent(object.metadata.name)}`;
  };

  return {
    context: config.getCurrentContext(),
    server: config.getCurrentCluster()?.server ?? '',
    send,
    pathOf,
    read: async (object, signal) => {
      const path = await pathOf(object, signal);
      if (path === undefined) return undefined;
      return (await get(path, signal)) as ClusterObject | undefined;
    },
    list: async (kind, namespace, query = '', signal) => {
      const resource = await resourceOf(kind, signal);
      if (resource === undefined) return undefined;
      const path = `${collection(kind.apiVersion, resource, namespace)}${query === '' ? '' : `?${query}`}`;
      return ((await get(path, signal)) as List | undefined)?.items;
    },
    first: async (most, kind, namespace, signal) => {
      const resource = await resourceOf(kind, signal);
      if (resource === undefined) return undefined;
      const path = collection(kind.apiVersion, resource, namespace);
      const objects: ClusterObject[] = [];
      for (let from: string | undefined = ''; ;) {
        const limit = `limit=${String(Math.min(PAGE, most - objects.length))}`;
        const query: string = from === '' ? limit : `${limit}&continue=${encodeURIComponent(from)}`;
        const page: List | undefined = await orExpired(get(`${path}?${query}`, signal) as Promise<List | undefined>);
        if (page === undefined) return from === '' ? undefined : { objects, all: false };
        objects.push(...(page.items ?? []));
        from = page.metadata?.continue ?? '';
        if (from === '' || objects.length >= most) return { objects, all: from === '' };
      }
    },
  };
}

/** A list that takes too long to be read to its end is forgotten by the server. */
async function orExpired<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isApiError(error, 410)) return undefined;
    throw error;
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function collection(apiVersion: string, { name, namespaced }: Resource, namespace: string | undefined): string {
  const within = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root(apiVersion)}${within}/${name}`;
}

async function orAbsent(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (isApiError(error, 404)) return undefined;
    throw error;
  }
}
