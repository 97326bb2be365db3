import { get, list, number, selectedBy, text, type Json, type Path, type Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { scalingOf } from '../../view/scaling.ts';
import { pinnedZones } from '../../view/zones.ts';

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
  *cluster(cluster) {
    for (const workload of cluster.workloads) {
      const { manifest, name, pod, podPath } = workload;
      for (const [index, term] of list(pod, ...TERMS).entries()) {
        const key = text(term, 'topologyKey') ?? '';
        const places = placesOf(key, workload, cluster);
        const pods = podsApart(term, key, workload, cluster);
        if (places === undefined || pods <= places.count) continue;
        yield {
          place: inManifest(manifest, ...podPath, ...TERMS, index, 'topologyKey'),
          message: `${String(pods)} pods, those of \`${name}\` among them, must each have a \`${key}\` of their own, but have ${String(places.count)}`,
          help: 'prefer the spread instead of requiring it, or have fewer pods',
          derivedFrom: places.from,
        };
      }
      for (const [index, constraint] of list(pod, 'topologySpreadConstraints').entries()) {
        const least = number(constraint, 'minDomains');
        const key = text(constraint, 'topologyKey') ?? '';
        const places = placesOf(key, workload, cluster);
        if (least === undefined || places === undefined || least <= places.count) continue;
        yield {
          place: inManifest(manifest, ...podPath, 'topologySpreadConstraints', index, 'minDomains'),
          message: `\`${name}\` must be spread over ${String(least)} of \`${key}\`, but has ${String(places.count)}`,
          help: `lower \`minDomains\` to ${String(places.count)}`,
          derivedFrom: places.from,
        };
      }
    }
  },
};

interface Places {
  readonly count: number;
  readonly from: Path;
}

/** Nodes or zones that a workload may use, as far as its own pod and the cluster file say. */
function placesOf(key: string, workload: Workload, { spec }: ClusterView): Places | undefined {
  const { nodes, zones } = spec.spec.kubernetes;
  if (key === 'kubernetes.io/hostname')
    return nodes === undefined ? undefined : { count: nodes, from: ['spec', 'kubernetes', 'nodes'] };
  if (key !== 'topology.kubernetes.io/zone') return undefined;
  const count = pinnedZones(workload).length || zones.length;
  return count === 0 ? undefined : { count, from: ['spec', 'kubernetes', 'zones'] };
}

/** Pods that keep each other away by such a term; those that are pinned to other zones meet nowhere. */
function podsApart(term: Json, key: string, workload: Workload, cluster: ClusterView): number {
  const selected = selectedBy(get(term, 'labelSelector'), workload.namespace, cluster.workloads);
  if (!selected.includes(workload)) return 0;
  const zones = zonesOf(workload);
  return selected
    .filter((each) => list(each.pod, ...TERMS).some((other) => text(other, 'topologyKey') === key))
    .filter((each) => key === 'kubernetes.io/hostname' || zonesOf(each) === zones)
    .reduce((sum, each) => sum + scalingOf(each, cluster).max, 0);
}

function zonesOf(workload: Workload): string {
  return pinnedZones(workload)
    .map(({ zone }) => zone)
    .join(' ');
}
