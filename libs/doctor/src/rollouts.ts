import type { ClusterObject, ManagedFields } from '@lgtm-fleet/bootstrap';
import { numberAt } from './records.ts';

/** A controller that was given something new lately replaces pods itself. */
export const ROLLOUT_MS = 20 * 60_000;

/** Controllers say what they did in the status; k3s runs them all under its own name. */
const CONTROLLERS = ['kube-controller-manager', 'k3s', 'kubelet'];

/** Written by anybody but the controllers. */
export function isOurs({ manager = '', subresource }: ManagedFields): boolean {
  return subresource !== 'status' && !CONTROLLERS.includes(manager);
}

/** Milliseconds; after it was made, by anybody but the controllers. NaN where nobody has. */
export function lastChanged({ metadata }: ClusterObject): number {
  const made = Date.parse(metadata.creationTimestamp ?? '');
  const times = (metadata.managedFields ?? [])
    .filter(isOurs)
    .map(({ time = '' }) => Date.parse(time))
    // Within a minute it is still being made.
    .filter((time) => !Number.isNaN(time) && !(time - made < 60_000));
  return times.length === 0 ? Number.NaN : Math.max(...times);
}

/** Its controller has not yet replaced all pods by such as were asked for lately. */
export function isRollingOut(live: ClusterObject, now: number): boolean {
  const [wanted, updated] = [numberAt(live, 'spec', 'replicas'), numberAt(live, 'status', 'updatedReplicas')];
  const [generation, seen] = [numberAt(live, 'metadata', 'generation'), numberAt(live, 'status', 'observedGeneration')];
  const unseen = generation !== undefined && seen !== undefined && seen < generation;
  const left = wanted !== undefined && updated !== undefined && updated < wanted;
  return (unseen || left) && now - lastChanged(live) < ROLLOUT_MS;
}
