import { parseBytes } from '@lgtm-fleet/units';
import { argPath, get, number, text, type Workload } from '@lgtm-fleet/manifests';
import { inConfig, inManifest } from '../place.ts';
import type { Place } from '../types.ts';
import type { Address } from './addresses.ts';
import type { ClusterView } from './cluster.ts';
import { destinationsOf } from './destinations.ts';
import type { Program } from './program.ts';

const MIB = 2 ** 20;

/** A memcached with what its flags say; where a flag is missing, memcached's own default. */
export interface Cache {
  readonly program: Program;
  /** `-m`: bytes for items. */
  readonly memory: number;
  /** `-I`: bytes of the largest item. */
  readonly itemSize: number;
  /** `-c`. */
  readonly connections: number;
  readonly place: (flag: '-m' | '-I' | '-c') => Place;
}

export function cachesOf(cluster: ClusterView): readonly Cache[] {
  return cluster.programsOf('memcached').map((program) => {
    const { args, path } = program.container;
    const { manifest } = program.workload;
    // `-m 64` comes as two arguments, as one, or without the space.
    const indexOf = (name: string): number => {
      const index = args.findIndex((arg) => arg === name || new RegExp(`^${name}\\s*\\d`).test(arg));
      return args[index] === name ? index + 1 : index;
    };
    const value = (name: string): string | undefined => args[indexOf(name)]?.replace(name, '').trim();
    return {
      program,
      memory: Number(value('-m') ?? 64) * MIB,
      itemSize: itemSize(value('-I') ?? '1m'),
      connections: Number(value('-c') ?? 1024),
      place: (name) => {
        const index = indexOf(name);
        return inManifest(manifest, ...(index < 0 ? [...path, 'args'] : argPath(program.container, index)));
      },
    };
  });
}

/** `1m`, `512k`, or bytes. */
function itemSize(value: string): number {
  const parsed = parseBytes(value.replace(/[kmg]$/i, (unit) => `${unit.toUpperCase()}iB`));
  return parsed.ok ? parsed.value : Number(value);
}

/** A client's view of a cache: the block of its configuration that names the cache's Service. */
export interface CacheClient {
  readonly cache: Cache;
  readonly address: Address;
  /** Programs that hold connections to it. */
  readonly callers: readonly Program[];
  readonly itemSize: ClientSetting | undefined;
  readonly idleConnections: ClientSetting | undefined;
}

interface ClientSetting {
  readonly value: number;
  readonly place: Place;
}

/** Every block of a store's configuration that names a memcached of the cluster. */
export function cacheClients(cluster: ClusterView): readonly CacheClient[] {
  const caches = cachesOf(cluster);
  return destinationsOf(cluster).flatMap(({ address, service }) => {
    const cache = caches.find(({ program }) => service?.workloads.includes(program.workload) === true);
    const { place } = address;
    if (cache === undefined || place.in !== 'config' || !('path' in place)) return [];
    const block = place.path.slice(0, -1);
    const at = (...keys: readonly string[]): ClientSetting | undefined => {
      const key = keys.find((one) => get(place.config.value, ...block, one) !== undefined);
      const value = key === undefined ? undefined : number(place.config.value, ...block, key);
      return key === undefined || value === undefined
        ? undefined
        : { value, place: inConfig(place.config, ...block, key) };
    };
    return [
      {
        cache,
        address,
        callers: address.callers,
        itemSize: at('max_item_size'),
        idleConnections: at('max_idle_conns', 'max_idle_connections'),
      },
    ];
  });
}

/** How many pods a workload may have: what its autoscaler allows, else its replicas. */
export function mostPods(cluster: ClusterView, { kind, name, namespace, replicas }: Workload): number {
  const scaler = cluster
    .ofKind('HorizontalPodAutoscaler')
    .find(
      (one) =>
        one.namespace === namespace &&
        text(one.body, 'spec', 'scaleTargetRef', 'kind') === kind &&
        text(one.body, 'spec', 'scaleTargetRef', 'name') === name,
    );
  return (scaler && number(scaler.body, 'spec', 'maxReplicas')) ?? replicas ?? 1;
}
