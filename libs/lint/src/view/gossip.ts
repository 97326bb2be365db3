import { get, number, text, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { inConfig } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import { setting, type Program } from './program.ts';
import { scalingOf } from './scaling.ts';

/** How the programs that share a configuration file find each other by memberlist. */
export interface Gossip {
  readonly store: string;
  readonly config: ConfigFile;
  readonly programs: readonly Program[];
  /** Pods that have this file, at most. */
  readonly pods: number;
  readonly label: Json | undefined;
  /** The port that memberlist listens on. */
  readonly port: number;
  readonly joins: readonly Join[];
}

/** One address of `memberlist.join_members`. */
export interface Join {
  readonly text: string;
  readonly place: Place;
  /** Absent where a record of DNS says it. */
  readonly port: number | undefined;
  /** The Service that it names; absent for an address outside the cluster. */
  readonly target?: { readonly name: string; readonly namespace: string };
  /** That Service, where there is one. */
  readonly service: Manifest | undefined;
}

const STORES = ['loki', 'mimir', 'tempo'];
const DEFAULT_PORT = 7946;

/** By configuration file; none for stores whose rings are kept elsewhere: in Consul, etcd or one process. */
export function gossipsOf(cluster: ClusterView): readonly Gossip[] {
  return STORES.flatMap((store) =>
    [...Map.groupBy(cluster.programsOf(store), ({ config }) => config)].flatMap(([config, programs]) => {
      const [first] = programs;
      if (first === undefined || config?.value === undefined || keptElsewhere(config.value)) return [];
      const joins = setting(first, 'memberlist', 'join_members')?.value;
      const listed = Array.isArray(joins) ? joins : [];
      return [
        {
          store,
          config,
          programs,
          pods: programs.reduce((sum, { workload }) => sum + scalingOf(workload, cluster).max, 0),
          label: setting(first, 'memberlist', 'cluster_label')?.value,
          port: number(config.value, 'memberlist', 'bind_port') ?? DEFAULT_PORT,
          joins: listed.flatMap((each, index) =>
            typeof each === 'string'
              ? [joinOf(each, inConfig(config, 'memberlist', 'join_members', index), first, cluster)]
              : [],
          ),
        },
      ];
    }),
  );
}

function joinOf(address: string, place: Place, { workload }: Program, cluster: ClusterView): Join {
  const bare = address.replace(/^dns(srv|srvnoa)?\+/, '').replace(/^(_[\w-]+\.){1,2}/, '');
  const [host = '', port] = bare.split(':');
  const target = targetOf(host.replace(/\.$/, ''), workload.namespace);
  return {
    text: address,
    place,
    port: port === undefined || /^dnssrv/.test(address) ? undefined : Number(port),
    ...(target !== undefined && { target }),
    service: target && cluster.find('Service', target.name, target.namespace),
  };
}

/** Service and namespace of a name in the cluster: `svc`, `svc.ns.svc`, `svc.ns.svc.cluster.local`, a pod's name before it. */
function targetOf(host: string, namespace: string): Join['target'] {
  if (/^[a-z][a-z0-9-]*$/.test(host)) return { name: host, namespace };
  const found = /^(?:[^.]+\.)?([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(host);
  return found?.[1] === undefined || found[2] === undefined ? undefined : { name: found[1], namespace: found[2] };
}

/** True where a store of keys other than memberlist is named anywhere. */
function keptElsewhere(config: Json): boolean {
  if (typeof config !== 'object' || config === null) return false;
  const kvstore = text(get(config, 'kvstore'), 'store');
  if (kvstore !== undefined && kvstore !== 'memberlist' && kvstore !== '') return true;
  return Object.values(config).some((child: Json) => keptElsewhere(child));
}
