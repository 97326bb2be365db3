import {
  get,
  list,
  number,
  selectedBy,
  text,
  WORKLOAD_KINDS,
  workloadOf,
  type Json,
  type Path,
} from '@lgtm-fleet/manifests';
import type { Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { scalingOf } from '../../view/scaling.ts';

const TERMS = ['affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'] as const;

export const rule: Rule = {
  meta: {
    id: 'infeasible-spread',
    family: 'rings',
    severity: 'error',
    description: 'Pods must be spread over more nodes or zones than the cluster has.',
    why: 'Those that are too many wait for ever; a ring never gets all its members, and a rollout stops half way.',
    source:
      'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, cluster) {
    const own = workloadOf(manifest);
    const workload = cluster.workloads.find((each) => each.manifest === manifest) ?? own;
    if (workload === undefined) return;
    for (const [index, term] of list(workload.pod, ...TERMS).entries()) {
      const key = text(term, 'topologyKey');
      const [places, from] = placesOf(key, cluster);
      const pods = podsApart(term, key, workload, cluster);
      if (places === undefined || pods <= places) continue;
      yield {
        place: inManifest(manifest, ...workload.podPath, ...TERMS, index, 'topologyKey'),
        message: `${String(pods)} pods of \`${workload.name}\` must each have a \`${key ?? ''}\` of their own, but the cluster has ${String(places)}`,
        help: 'prefer the spread instead of requiring it, or have fewer pods',
        derivedFrom: from,
      };
    }
    for (const [index, constraint] of list(workload.pod, 'topologySpreadConstraints').entries()) {
      const least = number(constraint, 'minDomains');
      const key = text(constraint, 'topologyKey');
      const [places, from] = placesOf(key, cluster);
      if (least === undefined || places === undefined || least <= places) continue;
      yield {
        place: inManifest(manifest, ...workload.podPath, 'topologySpreadConstraints', index, 'minDomains'),
        message: `\`${workload.name}\` must be spread over ${String(least)} of \`${key ?? ''}\`, but the cluster has ${String(places)}`,
        help: `lower \`minDomains\` to ${String(places)}`,
        derivedFrom: from,
      };
    }
  },
};

/** Nodes or zones, as far as the cluster file says. */
function placesOf(key: string | undefined, { spec }: ClusterView): readonly [number | undefined, Path] {
  const { nodes, zones } = spec.spec.kubernetes;
  if (key === 'kubernetes.io/hostname') return [nodes, ['spec', 'kubernetes', 'nodes']];
  const known = key === 'topology.kubernetes.io/zone' && zones.length > 0;
  return [known ? zones.length : undefined, ['spec', 'kubernetes', 'zones']];
}

/** Pods that keep each other away by such a term. */
function podsApart(term: Json, key: string | undefined, workload: Workload, cluster: ClusterView): number {
  const selected = selectedBy(get(term, 'labelSelector'), workload.namespace, cluster.workloads);
  if (!selected.includes(workload)) return 0;
  return selected
    .filter(({ pod }) => list(pod, ...TERMS).some((each) => text(each, 'topologyKey') === key))
    .reduce((sum, each) => sum + scalingOf(each, cluster).max, 0);
}
