import { describe, type Path, type Workload } from '@lgtm-fleet/manifests';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import { flag, setting, type Program, type Setting } from './program.ts';

/** A hash ring: members of one kind that share the data and, but for partitioned ones, keep copies for each other. */
export interface Ring {
  /** `mimir's store-gateways` */
  readonly name: string;
  readonly store: Store;
  /** The module whose instances are the members: `ingester`. */
  readonly module: string;
  readonly programs: readonly Program[];
  readonly workloads: readonly Workload[];
  /** Copies of what is written; 1 where Kafka keeps them. */
  readonly replicationFactor: number;
  /** Where the factor is set; `undefined` where the program's default of 3 holds. */
  readonly place: Place | undefined;
  readonly zoneAware: boolean;
  /** True where members own partitions of Kafka, by the number in their name, one owner in each zone. */
  readonly partitioned: boolean;
  /** True where a write or read needs more than half of the copies, and not just any one. */
  readonly quorum: boolean;
  /** How a program is told of zones. */
  readonly zones: ZoneKeys;
}

export type Store = 'loki' | 'mimir' | 'tempo';

/** Keys of the configuration and flags; the flag wins, and of the keys the first that is there. */
export interface ZoneKeys {
  readonly awareness: Keys;
  readonly own: Keys;
}

interface Keys {
  readonly paths: readonly Path[];
  readonly flag?: string;
}

interface RingKind {
  readonly store: Store;
  readonly module: string;
  /** Absent for rings that keep no copies. */
  readonly factor?: Path;
  readonly quorum: boolean;
  readonly zones: ZoneKeys;
}

// Keys of the pinned versions; Loki and Mimir keep three copies unless told otherwise.
const KINDS: readonly RingKind[] = [
  {
    store: 'loki',
    module: 'ingester',
    factor: ['common', 'replication_factor'],
    quorum: true,
    zones: {
      awareness: {
        paths: [
          ['ingester', 'lifecycler', 'ring', 'zone_awareness_enabled'],
          ['common', 'ring', 'zone_awareness_enabled'],
        ],
        flag: 'distributor.zone-awareness-enabled',
      },
      own: {
        paths: [
          ['ingester', 'lifecycler', 'availability_zone'],
          ['common', 'ring', 'instance_availability_zone'],
        ],
        flag: 'ingester.availability-zone',
      },
    },
  },
  mimirRing('ingester', ['ingester', 'ring'], 'ingester.ring', true),
  mimirRing('store-gateway', ['store_gateway', 'sharding_ring'], 'store-gateway.sharding-ring', false),
  mimirRing('alertmanager', ['alertmanager', 'sharding_ring'], 'alertmanager.sharding-ring', false),
  {
    store: 'tempo',
    module: 'live-store',
    quorum: false,
    zones: {
      awareness: { paths: [] },
      own: { paths: [['live_store', 'ring', 'instance_zone']] },
    },
  },
];
const DEFAULT_FACTOR = 3;

function mimirRing(module: string, path: Path, prefix: string, quorum: boolean): RingKind {
  return {
    store: 'mimir',
    module,
    factor: [...path, 'replication_factor'],
    quorum,
    zones: {
      awareness: { paths: [[...path, 'zone_awareness_enabled']], flag: `${prefix}.zone-awareness-enabled` },
      own: { paths: [[...path, 'instance_availability_zone']], flag: `${prefix}.instance-availability-zone` },
    },
  };
}

/** The rings of a cluster that have members. */
export function ringsOf(cluster: ClusterView): readonly Ring[] {
  return KINDS.flatMap(({ store, module, factor: path, quorum, zones }) => {
    const programs = cluster.programsOf(store).filter((program) => runs(program, module));
    const [first] = programs;
    if (first === undefined) return [];
    const partitioned =
      module === 'live-store' || (module === 'ingester' && setting(first, 'ingest_storage', 'enabled')?.value === true);
    const factor = path === undefined ? undefined : setting(first, ...path);
    const written = typeof factor?.value === 'number' ? factor.value : DEFAULT_FACTOR;
    return [
      {
        name: `${store}'s ${module}s`,
        store,
        module,
        programs,
        workloads: programs.map(({ workload }) => workload),
        replicationFactor: partitioned ? 1 : written,
        place: factor?.place,
        zoneAware: partitioned || settingOf(first, zones.awareness)?.value === true,
        partitioned,
        quorum: quorum && !partitioned,
        zones,
      },
    ];
  });
}

/** What a program is told by a flag, else by its configuration. */
export function settingOf(program: Program, { paths, flag: name }: Keys): Setting | undefined {
  const said = name === undefined ? undefined : flag(program, name);
  if (said !== undefined) return { ...said, value: typed(said.value) };
  return paths.map((path) => setting(program, ...path)).find((found) => found !== undefined);
}

function typed(value: Setting['value']): Setting['value'] {
  return value === 'true' ? true : value === 'false' ? false : value;
}

/** True where a program runs a module: it is its target, one of its targets, or all of them are. */
export function runs({ name, target }: Program, module: string): boolean {
  // Mimir's Alertmanager is no part of `all`.
  if (target === 'all') return !(name === 'mimir' && module === 'alertmanager');
  return target.split(',').some((each) => each === module || (each === 'all' && module !== 'alertmanager'));
}

/** Members of a ring over all its workloads. */
export function ringMembers(ring: Ring): number {
  return ring.workloads.reduce((sum, { replicas }) => sum + (replicas ?? 0), 0);
}

/** `StatefulSet observability/loki-ingester-zone-a`, and how many more. */
export function namesOf(workloads: readonly Workload[]): string {
  return workloads.map(({ manifest }) => describe(manifest)).join(', ');
}
