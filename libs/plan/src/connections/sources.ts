import type { Connection, Endpoint, Protocol, SourcePlan, Workload } from '../types.ts';
import { call, leave, pods, serviceOfPort } from './endpoints.ts';
import { isAddress } from './reach.ts';
import { namespaceOfHosts } from './whereabouts.ts';

const scraper = pods('alloy-sources', 'alloy-sources');

/** Where a source is dialled: hosts by name or address where they are named, any at the port otherwise. */
interface Way {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly protocol: Protocol;
  readonly why: string;
}

/** Everything that the collector of sources talks to. */
export function sourceConnections(
  sources: readonly SourcePlan[],
  workloads: readonly Workload[],
  role: 'hub' | 'edge',
  clusterDomain: string,
): readonly Connection[] {
  const own = workloads.find(({ component }) => component === 'alloy-sources');
  if (own === undefined) return [];
  const why = 'pushes what it has scraped outside';
  const push =
    role === 'edge'
      ? leave(scraper, 'hub', 443, 'https', why)
      : call({ from: scraper, to: pods('gateway', 'gateway'), port: 'http', protocol: 'http', why });
  const peers: readonly Connection[] =
    own.replicas > 1
      ? [
          {
            from: scraper,
            to: scraper,
            service: serviceOfPort(scraper, 'http'),
            portName: 'http',
            port: 12_345,
            protocol: 'http',
            tenant: 'none',
            why: 'agrees with its peers on who asks whom',
          },
        ]
      : [];
  return [push, ...peers, ...sources.flatMap((source) => waysTo(source).flatMap((way) => dial(way, clusterDomain)))];
}

/** An edge for names and one for addresses: a policy can be exact about the latter alone. */
function dial({ hosts, port, protocol, why }: Way, clusterDomain: string): readonly Connection[] {
  const to = (named: readonly string[]): Endpoint => {
    const namespace = named.length === 0 ? undefined : namespaceOfHosts(named, scraper.namespace, clusterDomain);
    return {
      kind: 'outside',
      name: 'sources',
      ...(named.length > 0 && { hosts: named }),
      ...(namespace !== undefined && { namespace }),
    };
  };
  const edge = (named: readonly string[]): Connection => ({
    from: scraper,
    to: to(named),
    portName: protocol,
    port,
    protocol,
    tenant: 'none',
    why,
  });
  if (hosts.length === 0) return [edge([])];
  const parts = Map.groupBy(new Set(hosts), (each) => (isAddress(each) ? 'address' : zoneOf(each, clusterDomain)));
  return [...parts.values()].map((part) => edge(part.toSorted()));
}

/** Hosts inside the cluster by their namespace, all others together. */
function zoneOf(each: string, clusterDomain: string): string {
  return namespaceOfHosts([each], scraper.namespace, clusterDomain) ?? '';
}

/** The ways to one source. Kinds that others keep a list of open the ports that the list may name. */
function waysTo(source: SourcePlan): readonly Way[] {
  const why = `asks the source ${source.name}`;
  const { static: fixed } = source;
  if (fixed !== undefined) return byPort(fixed.targets, fixed.scheme, why);
  return [];
}

/** `host:port` by port. */
function byPort(addresses: readonly string[], protocol: Protocol, why: string): readonly Way[] {
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
