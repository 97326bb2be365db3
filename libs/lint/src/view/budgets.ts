import { get, selectedBy, type Json, type Manifest, type Path, type Workload } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';
import { scalingOf } from './scaling.ts';

/** A PodDisruptionBudget and what it holds. */
export interface Budget {
  readonly manifest: Manifest;
  readonly workloads: readonly Workload[];
  /** Pods that there are at least when all are well. */
  readonly pods: number;
  /** Of them, how many may be evicted at once; `undefined` where it says nothing that can be read. */
  readonly evictions: number | undefined;
  /** Where it says so: `maxUnavailable` or `minAvailable`. */
  readonly path: Path;
}

export function budgetsOf(cluster: ClusterView): readonly Budget[] {
  return cluster.ofKind('PodDisruptionBudget').map((manifest) => {
    const workloads = selectedBy(get(manifest.body, 'spec', 'selector'), manifest.namespace, cluster.workloads);
    // A DaemonSet has as many pods as there are nodes.
    const known = workloads.every(({ replicas }) => replicas !== undefined);
    const pods = workloads.reduce((sum, workload) => sum + scalingOf(workload, cluster).min, 0);
    const max = amount(get(manifest.body, 'spec', 'maxUnavailable'), known ? pods : undefined);
    const min = known ? amount(get(manifest.body, 'spec', 'minAvailable'), pods) : undefined;
    return {
      manifest,
      workloads,
      pods,
      evictions: max ?? (min === undefined ? undefined : pods - min),
      path: ['spec', max === undefined ? 'minAvailable' : 'maxUnavailable'],
    };
  });
}

/** A number of pods or a share of them; the API server rounds both kinds of shares up. */
function amount(value: Json | undefined, pods: number | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined || pods === undefined ? undefined : Math.ceil((Number(percent) * pods) / 100);
}
