import type { SourceKind } from '@lgtm-fleet/spec';
import type { Protocol, SourcePlan } from '../../types.ts';

/** Where a source is dialled: hosts by name or address where they are named, any at the port otherwise. */
export interface Way {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly protocol: Protocol;
  readonly why: string;
}

/** The ways to a source of one kind. */
export type WaysTo<K extends SourceKind> = (settings: NonNullable<SourcePlan[K]>, why: string) => readonly Way[];

/** `host:port` by port. */
export function byPort(addresses: readonly string[], protocol: Protocol, why: string): readonly Way[] {
  const parts = Map.groupBy(addresses, (address) => Number(address.slice(address.lastIndexOf(':') + 1)));
  return [...parts].map(([port, group]) => ({
    hosts: group.map((address) => hostOf(address.slice(0, address.lastIndexOf(':')))),
    port,
    protocol,
    why,
  }));
}

/** Addresses of HTTP by port and scheme. */
export function byUrl(urls: readonly string[], why: string): readonly Way[] {
  const schemes = Map.groupBy(
    urls.map((url) => new URL(url)),
    ({ protocol }) => (protocol === 'https:' ? ('https' as const) : ('http' as const)),
  );
  return [...schemes].flatMap(([scheme, group]) => {
    const usual = scheme === 'https' ? '443' : '80';
    return byPort(
      group.map(({ hostname, port }) => `${hostname}:${port === '' ? usual : port}`),
      scheme,
      why,
    );
  });
}

/** A host as policies have it: in small letters and without brackets. */
export function hostOf(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}

/** Targets whose addresses only their list knows: at its ports, anywhere. */
export function anywhere(ports: readonly number[], protocol: Protocol, why: string): readonly Way[] {
  return [...new Set(ports)].map((port) => ({ hosts: [], port, protocol, why }));
}

/** Interfaces of clouds. */
export function byName(hosts: readonly string[], why: string): Way {
  return { hosts, port: 443, protocol: 'https', why };
}
