import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterObject, Pod } from '@lgtm-fleet/bootstrap';
import type { Client } from '../kubernetes/client.ts';
import { forward, type Forward } from '../kubernetes/forward.ts';
import { frontDoor, type Credential, type FrontDoor } from './front-door.ts';
import { until } from './wait.ts';

/** What the checks ask of a cluster, beyond single objects. */
export interface Cluster {
  readonly client: Client;
  readonly pods: (namespace: string, component: string, role?: string) => Promise<readonly RunningPod[]>;
  /** Waits until all pods of a component that should run are ready. */
  readonly ready: (namespace: string, component: string, seconds: number) => Promise<void>;
  /** What a tenant, a reader or a writer shows; the kind is the spec's. */
  readonly credential: (user: string, kind?: 'token') => Promise<Credential>;
  /** A way to a ready pod's port. */
  readonly reach: (namespace: string, component: string, role: string, port: number) => Promise<Forward>;
  readonly secret: (namespace: string, name: string) => Promise<Readonly<Record<string, string>>>;
}

export interface RunningPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly ready: boolean;
  readonly restarts: number;
  /** Of the program itself, before its sidecars. */
  readonly container: string;
}

const POD = { apiVersion: 'v1', kind: 'Pod' } as const;

export function clusterOf(client: Client, config: KubeConfig): Cluster {
  const pods: Cluster['pods'] = async (namespace, component, role) => {
    const labels = [
      `app.kubernetes.io/name=${component}`,
      ...(role === undefined ? [] : [`app.kubernetes.io/component=${role}`]),
    ];
    const found = await client.list(POD, namespace, `labelSelector=${encodeURIComponent(labels.join(','))}`);
    return ((found ?? []) as readonly (ClusterObject & Pod & Identified)[])
      .filter(({ metadata, status }) => metadata.deletionTimestamp === undefined && status?.phase !== 'Succeeded')
      .map((pod) => ({
        namespace,
        name: pod.metadata.name,
        uid: pod.metadata.uid ?? '',
        ready: pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true,
        restarts: (pod.status?.containerStatuses ?? []).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0),
        container: pod.spec?.containers?.[0]?.name ?? '',
      }));
  };
  const secret: Cluster['secret'] = async (namespace, name) => {
    const object = await client.read({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name } });
    if (object === undefined) throw new Error(`there is no Secret ${namespace}/${name}`);
    const data = (object['data'] ?? {}) as Readonly<Record<string, string>>;
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
    );
  };
  return {
    client,
    pods,
    secret,
    ready: async (namespace, component, seconds) => {
      await until(`all pods of ${component} to be ready`, { seconds }, async () => {
        const all = await pods(namespace, component);
        return all.length > 0 && all.every(({ ready }) => ready) ? true : undefined;
      });
    },
    credential: async (tenant, kind) => {
      const [shown, writers] = await Promise.all([
        secret('observability', 'tenant-credentials'),
        secret('observability', 'writer-credentials').catch(() => ({})),
      ]);
      const password = { ...writers, ...shown }[tenant];
      if (password === undefined) throw new Error(`there is no credential of ${tenant}`);
      return { tenant, password, ...(kind !== undefined && { kind }) };
    },
    reach: (namespace, component, role, port) =>
      forward(
        config,
        namespace,
        async () => {
          const ready = (await pods(namespace, component, role)).find((pod) => pod.ready);
          if (ready === undefined) throw new Error(`no pod of ${component}/${role} is ready`);
          return ready.name;
        },
        port,
      ),
  };
}

interface Identified {
  readonly metadata: { readonly uid?: string };
}

/** The gateway, through a port of this machine. */
export async function openFrontDoor(cluster: Cluster): Promise<FrontDoor & { readonly close: () => void }> {
  const { url, close } = await cluster.reach('observability', 'gateway', 'gateway', 8080);
  return { ...frontDoor(url), close };
}
