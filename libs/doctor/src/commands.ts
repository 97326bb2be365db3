import type { LivePod, PlannedWorkload } from './view.ts';

/** Commands as a person types them; nothing in them changes anything unless its name says so. */

export function describe(kind: string, namespace: string | undefined, name: string): string {
  return `kubectl${within(namespace)} describe ${kind.toLowerCase()} ${name}`;
}

export function get(kind: string, namespace: string | undefined, ...names: readonly string[]): string {
  return ['kubectl' + within(namespace), 'get', kind.toLowerCase(), ...names].join(' ');
}

export function logs({ metadata }: Pick<LivePod, 'metadata'>, container: string, previous = false): string {
  return `kubectl${within(metadata.namespace)} logs ${metadata.name} --container=${container} --tail=50${previous ? ' --previous' : ''}`;
}

export function scale({ kind, namespace, name }: PlannedWorkload, replicas: number): string {
  return `kubectl${within(namespace)} scale ${kind.toLowerCase()} ${name} --replicas=${replicas}`;
}

/** New pods in the place of those that run, one after another. */
export function restart(kind: string, namespace: string, name: string): string {
  return `kubectl${within(namespace)} rollout restart ${kind.toLowerCase()} ${name}`;
}

/** Has Argo CD write once more what git says; it deletes nothing. */
export function sync(cluster: string, component: string): string {
  return `kubectl --namespace=argocd patch application ${cluster}-${component} --type=merge --patch='{"operation":{"sync":{}}}'`;
}

/** A path of a pod's own HTTP server. */
export function ask(namespace: string, pod: string, port: number, path: string): string {
  return `kubectl${within(namespace)} port-forward ${pod} ${port} & sleep 2; curl --silent http://localhost:${port}${path}`;
}

function within(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` --namespace=${namespace}`;
}
