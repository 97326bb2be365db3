import type { Connection, Endpoint, IngestPlan, Workload } from '../types.ts';
import { call, leave, outside, pods, serviceOfPort } from './endpoints.ts';
import { isAddress, transportsOf } from './reach.ts';
import { waysTo } from './source-ways/index.ts';
import type { Way } from './source-ways/way.ts';
import { namespaceOfHosts } from './whereabouts.ts';

const scraper = pods('alloy-sources', 'alloy-sources');

/** Everything that the collector of sources talks to. */
export function sourceConnections(
  { sources, access }: IngestPlan,
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
  const tokens = (access?.tokenSources ?? []).map(({ name, hosts, port, protocol }): Connection => ({
    ...leave(scraper, name, port, protocol, 'asks for credentials of the clouds'),
    to: { ...outside(name), hosts },
  }));
  const ways = together(sources.flatMap(waysTo));
  return [push, ...peers, ...tokens, ...ways.flatMap((way) => dial(way, clusterDomain))];
}

/** Sources share hosts, and clouds: each port of a host is open once, for all who need it. */
function together(ways: readonly Way[]): readonly Way[] {
  const byPort = Map.groupBy(ways, ({ hosts, port, protocol }) =>
    [port, ...transportsOf(protocol), hosts.length === 0 ? 'anywhere' : ''].join(' '),
  );
  return [...byPort.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        ...first,
        hosts: group.flatMap(({ hosts }) => hosts),
        why: saidTogether([...new Set(group.map(({ why }) => why))]),
      },
    ];
  });
}

/** A reader wants a reason, and not a list of hundreds. */
function saidTogether(reasons: readonly string[]): string {
  const said = reasons.length > 6 ? [...reasons.slice(0, 5), `and ${String(reasons.length - 5)} others`] : reasons;
  return said.join('; ');
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
