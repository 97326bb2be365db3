import { number, text, type Manifest, type Path, type Workload } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** How many pods a workload may have. */
export interface Scaling {
  readonly min: number;
  readonly max: number;
  /** What changes the number by itself. */
  readonly autoscaler: Autoscaler | undefined;
}

export interface Autoscaler {
  readonly manifest: Manifest;
  readonly maxPath: Path;
  /** Where it names the workload. */
  readonly targetPath: Path;
}

const TARGET = ['spec', 'scaleTargetRef', 'name'] as const;
const KINDS = [
  { kind: 'HorizontalPodAutoscaler', min: 'minReplicas', least: 1, max: 'maxReplicas', most: 1 },
  { kind: 'ScaledObject', min: 'minReplicaCount', least: 0, max: 'maxReplicaCount', most: 100 },
] as const;

/** The pods of a workload: as its autoscaler allows, a HorizontalPodAutoscaler or KEDA's ScaledObject, else as written. */
export function scalingOf(workload: Workload, cluster: ClusterView): Scaling {
  for (const { kind, min, least, max, most } of KINDS) {
    const manifest = cluster
      .ofKind(kind)
      .find(
        ({ body, namespace }) =>
          namespace === workload.namespace &&
          text(body, ...TARGET) === workload.name &&
          (text(body, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment') === workload.kind,
      );
    if (manifest === undefined) continue;
    return {
      min: number(manifest.body, 'spec', min) ?? least,
      max: number(manifest.body, 'spec', max) ?? most,
      autoscaler: { manifest, maxPath: ['spec', max], targetPath: TARGET },
    };
  }
  const replicas = workload.replicas ?? 0;
  return { min: replicas, max: replicas, autoscaler: undefined };
}
