import type { Workload } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';
import type { KafkaClient } from './kafka.ts';
import { ringsOf } from './rings.ts';
import { membersByZone } from './zones.ts';

/** Who owns the partitions of a store's topic: the member whose name ends in 3 owns partition 3, one in each zone. */
export interface Owners {
  /** `mimir's ingesters` */
  readonly name: string;
  /** Members of the largest zone: as many partitions are written to. */
  readonly count: number;
  readonly workload: Workload;
}

export function ownersOf(client: KafkaClient, cluster: ClusterView): Owners | undefined {
  const ring = ringsOf(cluster).find(({ store, partitioned }) => store === client.store && partitioned);
  const zones = ring === undefined ? undefined : membersByZone(ring);
  if (ring === undefined || zones === undefined) return undefined;
  const counts = [...zones.values()].map((members) => ({
    workload: members[0]?.program.workload,
    count: members.reduce((sum, { program }) => sum + (program.workload.replicas ?? 0), 0),
  }));
  const [most] = counts.toSorted((left, right) => right.count - left.count);
  return most?.workload === undefined ? undefined : { name: ring.name, count: most.count, workload: most.workload };
}
