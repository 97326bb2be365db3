import {
  dataSourceUid,
  encryptionOf,
  namespaceOf,
  objectNames,
  serviceOf,
  stackTenant,
  workloadOf,
  type ComponentName,
  type Plan,
  type PodEndpoint,
  type Workload,
} from '@lgtm-fleet/plan';
import { fileUrl } from './address.ts';
import { requests } from './requests.ts';

/**
 * What a page may say of the cluster that it is rendered for. A role is that of the distributed mode: where one
 * process has every role, the words are of that process.
 */
export interface Words {
  /** A pod that has the role, as kubectl takes it: `pod/loki-ingester-zone-a-0`, `deployment/loki-querier`. */
  readonly pod: (component: ComponentName, role: string) => string;
  /** Every object of the role: `statefulset/loki-ingester-zone-a statefulset/loki-ingester-zone-b`. */
  readonly workload: (component: ComponentName, role: string) => string;
  /** Selector of its pods, for `-l`. */
  readonly selector: (component: ComponentName, role: string) => string;
  readonly service: (component: ComponentName, role: string) => string;
  readonly namespace: (component: ComponentName) => string;
  /** The command that brings the port of such a pod to this machine. */
  readonly forward: (component: ComponentName, role: string) => string;
  /** An address behind that port: `http://localhost:3100/ring`. */
  readonly url: (component: ComponentName, role: string, path: string) => string;
  /**
   * Commands that ask such a pod, a line for each path, by a port that is closed again at the end. `POST /flush` is
   * another method; the answer of a ring is a line for each member.
   */
  readonly ask: (component: ComponentName, role: string, ...paths: readonly string[]) => string;
  /**
   * The command that prints the lines of all its pods since `15m`, each with its pod and its time, by which
   * `sort -k 2` puts the newest last.
   */
  readonly logs: (component: ComponentName, role: string, since: string) => string;
  /** How many pods each of its objects has as planned; where an autoscaler owns the number, the least. */
  readonly replicas: (component: ComponentName, role: string) => string;
  /** Names of its pods with the highest ordinal, one of each zone: those that go first. */
  readonly last: (component: ComponentName, role: string) => string;
  /** Argo CD's name for the component: `prod-eu-loki`. */
  readonly application: (component: ComponentName) => string;
  /** The web address of a file of the repository, since rendered pages lie elsewhere: `docs/backup.md`. */
  readonly page: (path: string) => string;
  /**
   * A query, and a link that asks it in Grafana as the tenant of the stack, or as the first tenant, whose the metrics
   * of `nodes` are; without Grafana the query alone.
   */
  readonly explore: (query: string, signal: Signal, whose?: 'nodes') => string;
}

/** Of every cluster, and before there is one. */
export const wordNames = Object.keys({
  pod: true,
  workload: true,
  selector: true,
  service: true,
  namespace: true,
  forward: true,
  url: true,
  ask: true,
  logs: true,
  replicas: true,
  last: true,
  application: true,
  page: true,
  explore: true,
} satisfies Record<keyof Words, true>) as readonly (keyof Words)[];

type Signal = 'metrics' | 'logs' | 'traces';

/** The words of one cluster. Each throws an Error for what the cluster does not have: a page asks first what runs. */
export function wordsOf(plan: Plan): Words {
  const own = (component: ComponentName, role: string): Workload => {
    const found = workloadOf(plan, component, role);
    if (found === undefined) throw new Error(`this cluster has no ${component} ${role}`);
    return found;
  };
  const namespace = (component: ComponentName): string => {
    const found = plan.components.find(({ name }) => name === component);
    if (found === undefined) throw new Error(`this cluster has no component ${component}`);
    return found.namespace;
  };
  const objects = (component: ComponentName, role: string): readonly string[] => {
    const workload = own(component, role);
    return objectNames(plan, workload).map((name) => `${workload.kind.toLowerCase()}/${name}`);
  };
  const pod = (component: ComponentName, role: string): string => {
    const [object = ''] = objects(component, role);
    return own(component, role).kind === 'StatefulSet' ? `${object.replace('statefulset', 'pod')}-0` : object;
  };
  const endpoint = (component: ComponentName, role: string): PodEndpoint => ({
    kind: 'pods',
    namespace: namespaceOf(component),
    component,
    role: own(component, role).role,
  });
  const port = (component: ComponentName, role: string) => {
    const { ports } = own(component, role);
    const found = ports.find(({ name }) => name === 'http' || name === 'metrics') ?? ports[0];
    if (found === undefined) throw new Error(`${component} ${role} has no port`);
    return found;
  };
  const address = (component: ComponentName, role: string, path: string): string => {
    const { name, port: number } = port(component, role);
    const encrypted = plan.tls !== undefined && encryptionOf(endpoint(component, role), name) !== undefined;
    return `${encrypted ? 'https' : 'http'}://localhost:${String(number)}${path}`;
  };
  const selector = (component: ComponentName, role: string): string =>
    `app.kubernetes.io/name=${component},app.kubernetes.io/component=${own(component, role).role}`;
  const forward = (component: ComponentName, role: string): string =>
    `kubectl --namespace ${namespace(component)} port-forward ${pod(component, role)} ${String(port(component, role).port)}`;
  return {
    pod,
    workload: (component, role) => objects(component, role).join(' '),
    selector,
    service: (component, role) => serviceOf(endpoint(component, role)),
    namespace,
    forward,
    url: address,
    ask: (component, role, ...paths) =>
      requests({
        forward: forward(component, role),
        base: address(component, role, ''),
        ...(STORES.includes(component) && { tenant: stackTenant(plan) }),
        paths,
      }),
    logs: (component, role, since) =>
      `kubectl --namespace ${namespace(component)} logs -l ${selector(component, role)} --since=${since} --tail=-1 --prefix --timestamps`,
    replicas: (component, role) => String(own(component, role).replicas),
    last: (component, role) => {
      const workload = own(component, role);
      return objectNames(plan, workload)
        .map((name) => `${name}-${String(workload.replicas - 1)}`)
        .join(' ');
    },
    application: (component) => {
      namespace(component);
      return `${plan.cluster}-${component}`;
    },
    page: (path) => fileUrl(plan, path),
    explore: (query, signal, whose) => {
      const shown = `\`${query}\``;
      const tenant = whose === 'nodes' ? plan.tenants[0]?.name : stackTenant(plan);
      return plan.grafana === undefined || tenant === undefined
        ? shown
        : `[${shown}](${exploreAddress(plan.grafana.rootUrl, tenant, query, signal)})`;
    },
  };
}

const STORES: readonly ComponentName[] = ['loki', 'mimir', 'tempo'];

const TYPES = { metrics: 'prometheus', logs: 'loki', traces: 'tempo' } as const;

function exploreAddress(rootUrl: string, tenant: string, query: string, signal: Signal): string {
  const datasource = dataSourceUid(signal, tenant);
  const text = signal === 'traces' ? { query, queryType: 'traceql' } : { expr: query };
  const pane = {
    datasource,
    queries: [{ refId: 'A', datasource: { type: TYPES[signal], uid: datasource }, ...text }],
    range: { from: 'now-1h', to: 'now' },
  };
  const panes = encodeURIComponent(JSON.stringify({ a: pane }))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `${rootUrl}/explore?schemaVersion=1&orgId=1&panes=${panes}`;
}
