import { labelsOf } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** The Pod Security level that a namespace enforces; `undefined` where it is not rendered or says nothing. */
export function enforcedLevel(cluster: ClusterView, namespace: string): string | undefined {
  const manifest = cluster.find('Namespace', namespace);
  return manifest && labelsOf(manifest)['pod-security.kubernetes.io/enforce'];
}

/** True for a namespace that is meant for pods that are close to their node. */
export function isPrivileged(cluster: ClusterView, namespace: string): boolean {
  return enforcedLevel(cluster, namespace) === 'privileged';
}
