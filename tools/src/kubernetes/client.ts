import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { exchange, isApiError, PATIENT, type Request, type Transport } from './http.ts';

/** What bootstrap asks of an API server; every object is plain JSON. */
export interface Client {
  readonly context: string;
  readonly server: string;
  readonly send: (request: Request) => Promise<unknown>;
  /** Undefined where there is no such object, nor kind. */
  readonly read: (object: Reference) => Promise<ClusterObject | undefined>;
  /** All objects of a kind; undefined where the server does not know the kind. */
  readonly list: (kind: Kind, namespace?: string, query?: string) => Promise<readonly ClusterObject[] | undefined>;
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

export function client(config: KubeConfig, transport: Transport = PATIENT): Client {
  const known = new Map<string, readonly Resource[]>();
  const send = (request: Request): Promise<unknown> => exchange(config, request, transport);

  const resourceOf = async ({ apiVersion, kind }: Kind): Promise<Resource | undefined> => {
    const find = () => known.get(apiVersion)?.find((resource) => resource.kind === kind);
    if (find() === undefined) {
      // Asked again each time until it is there: a definition may just have been made.
      const answer = (await orAbsent(send({ method: 'GET', path: root(apiVersion) }))) as
        { readonly resources?: readonly Resource[] } | undefined;
      known.set(
        apiVersion,
        (answer?.resources ?? []).filter(({ name }) => !name.includes('/')),
      );
    }
    return find();
  };

  const pathOf = async (object: Reference): Promise<string | undefined> => {
    const resource = await resourceOf(object);
    if (resource === undefined) return undefined;
    return `${collection(object.apiVersion, resource, object.metadata.namespace)}/${encodeURIComponent(object.metadata.name)}`;
  };

  return {
    context: config.getCurrentContext(),
    server: config.getCurrentCluster()?.server ?? '',
    send,
    pathOf,
    read: async (object) => {
      const path = await pathOf(object);
      if (path === undefined) return undefined;
      return (await orAbsent(send({ method: 'GET', path }))) as ClusterObject | undefined;
    },
    list: async (kind, namespace, query = '') => {
      const resource = await resourceOf(kind);
      if (resource === undefined) return undefined;
      const path = `${collection(kind.apiVersion, resource, namespace)}${query === '' ? '' : `?${query}`}`;
      const answer = (await orAbsent(send({ method: 'GET', path }))) as
        { readonly items?: readonly ClusterObject[] } | undefined;
      return answer?.items;
    },
  };
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
