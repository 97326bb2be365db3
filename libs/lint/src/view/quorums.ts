import type { Workload } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';
import { brokersOf, propertyNumber } from './kafka.ts';
import { ringMembers, ringsOf, type Ring } from './rings.ts';
import { membersByZone } from './zones.ts';

/** Pods of which only so many may be away at once. */
export interface Quorum {
  /** `mimir's ingesters` */
  readonly name: string;
  readonly workloads: readonly Workload[];
  readonly members: number;
  /** How many may be away without harm. */
  readonly spare: number;
  /** Why not more: `3 copies, of which 2 must be there`. */
  readonly reason: string;
}

/** The rings that keep copies for each other, and Kafka: all sets of pods that may not be away together. */
export function quorumsOf(cluster: ClusterView): readonly Quorum[] {
  return [...ringsOf(cluster).flatMap(ofRing), ...brokersOf(cluster).map(ofKafka)].filter(({ members }) => members > 1);
}

/** How many members of a ring may be away, zones or not; `undefined` where the manifests do not tell. */
function ofRing(ring: Ring): readonly Quorum[] {
  const { name, workloads, replicationFactor: copies } = ring;
  const members = ringMembers(ring);
  if (ring.partitioned) {
    const zones = membersByZone(ring)?.size ?? 0;
    const reason = `each partition has ${String(zones)} owners, one in each zone`;
    return zones < 2 ? [] : [{ name, workloads, members, spare: zones - 1, reason }];
  }
  if (copies < 2) return [];
  const needed = ring.quorum ? Math.floor(copies / 2) + 1 : 1;
  const reason = `of ${String(copies)} copies ${String(needed)} must be there`;
  return [{ name, workloads, members, spare: copies - needed, reason }];
}

function ofKafka(brokers: ReturnType<typeof brokersOf>[number]): Quorum {
  const { workload, count } = brokers;
  const voters = Math.ceil(count / 2) - 1;
  const copies = propertyNumber(brokers, 'default.replication.factor') ?? 1;
  const synced = copies - (propertyNumber(brokers, 'min.insync.replicas') ?? 1);
  const reason =
    synced < voters
      ? `of ${String(copies)} copies ${String(copies - synced)} must be there`
      : `more than half of ${String(count)} controllers must be there`;
  return { name: "kafka's brokers", workloads: [workload], members: count, spare: Math.min(voters, synced), reason };
}
