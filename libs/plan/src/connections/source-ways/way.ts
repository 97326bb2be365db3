import type { SourceKind } from '@lgtm-fleet/spec';
import type { Protocol, SourcePlan } from '../../types.ts';

/** Where a source is dialled: hosts by name or address where they are named, any at the port otherwise. */
export interface Way {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly protocol: Protocol;
  readonly why: string;
}

/** `why` is said of what gives the series; who keeps a list of them has a reason of his own. */
export type WaysOf<K extends SourceKind> = (settings: NonNullable<SourcePlan[K]>, why: string) => readonly Way[];

/** `host:port` by port. */
export function byPort(addresses: readonly string[], protocol: Protocol, why: string): readonly Way[] {
  const parts = Map.groupBy(addresses, (address) => Number(address.slice(address.lastIndexOf(':') + 1)));
  return [...parts].map(([port, group]) => ({ hosts: group.map(hostOf), port, protocol, why }));
}

/** The host of `host:port`, in small letters and without brackets. */
function hostOf(address: string): string {
  return address
    .slice(0, address.lastIndexOf(':'))
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

/** An address with its scheme, and the port that this means where none is said. */
export function byUrl(url: string, why: string): Way {
  const { protocol, hostname, port } = new URL(url);
  const https = protocol === 'https:';
  return {
    hosts: [hostname.replace(/^\[(.*)\]$/, '$1')],
    port: port === '' ? (https ? 443 : 80) : Number(port),
    protocol: https ? 'https' : 'http',
    why,
  };
}

/** Targets whose addresses only their list knows: at its ports, anywhere. */
export function anywhere(ports: readonly number[], protocol: Protocol, why: string): readonly Way[] {
  return [...new Set(ports)].map((port) => ({ hosts: [], port, protocol, why }));
}

/** Interfaces of clouds. */
export function byName(hosts: readonly string[], why: string): Way {
  return { hosts, port: 443, protocol: 'https', why };
}
