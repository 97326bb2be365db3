import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import type { Source } from './sources.ts';

type Spec = ClusterSpec['spec'];

/** A scrape ends before the next one begins. */
export function inTime({ ingest, load }: Spec): Fault[] {
  return ingest.sources.flatMap(({ interval = load.metrics.scrapeInterval, timeout }, index): Fault[] =>
    timeout === undefined || timeout <= interval
      ? []
      : [
          {
            id: 'timeout-beyond-interval',
            path: ['spec', 'ingest', 'sources', index, 'timeout'],
            message: 'a scrape would take longer than until the next one',
            label: `expected at most ${String(interval)}s`,
          },
        ],
  );
}

/** What the keys of one kind say against each other. */
export function kindFaults({ ingest }: Spec): Fault[] {
  return ingest.sources.flatMap((source, index) => {
    const path = ['spec', 'ingest', 'sources', index];
    return [...records(source, path), ...nothingProbed(source, path), ...ports(source, path), ...oneAuth(source, path)];
  });
}

function records({ dns }: Source, path: Path): Fault[] {
  if (dns === undefined) return [];
  if (dns.type === 'SRV')
    return dns.ports !== undefined
      ? []
      : [
          {
            id: 'records-without-port',
            path: [...path, 'dns'],
            atKey: true,
            message: 'which ports SRV records will name is not known here',
            help: 'add `ports: [9100]`, which the network policies let out',
          },
        ];
  return dns.port !== undefined
    ? []
    : [
        {
          id: 'records-without-port',
          path: [...path, 'dns', 'type'],
          message: `\`${dns.type}\` records have no port`,
          help: 'add `port`',
        },
      ];
}

function nothingProbed({ blackbox }: Source, path: Path): Fault[] {
  if (blackbox === undefined || Object.values(blackbox).some((probe) => probe !== undefined)) return [];
  return [
    {
      id: 'nothing-to-probe',
      path: [...path, 'blackbox'],
      atKey: true,
      message: '`blackbox` probes nothing',
      label: 'expected `http`, `tcp`, `icmp` or `dns`',
    },
  ];
}

/** Ports of addresses are between 1 and 65535. */
function ports(
  { static: fixed, blackbox, consul, mysql, redis, mongodb, kafka, postgresql }: Source,
  path: Path,
): Fault[] {
  const lists: readonly (readonly [readonly string[], Path])[] = [
    [fixed?.targets ?? [], ['static', 'targets']],
    [blackbox?.tcp?.addresses ?? [], ['blackbox', 'tcp', 'addresses']],
    [blackbox?.dns?.servers ?? [], ['blackbox', 'dns', 'servers']],
    [kafka?.brokers ?? [], ['kafka', 'brokers']],
    [postgresql?.hosts ?? [], ['postgresql', 'hosts']],
  ];
  const single: readonly (readonly [string | undefined, Path])[] = [
    [consul?.server, ['consul', 'server']],
    [mysql?.host, ['mysql', 'host']],
    [redis?.host, ['redis', 'host']],
    [mongodb?.host, ['mongodb', 'host']],
  ];
  const all = [
    ...lists.flatMap(([addresses, at]) => addresses.map((address, index) => [address, [...at, index]] as const)),
    ...single.flatMap(([address, at]) => (address === undefined ? [] : [[address, at] as const])),
  ];
  return all.flatMap(([address, at]): Fault[] => {
    const number = Number(address.slice(address.lastIndexOf(':') + 1));
    if (number >= 1 && number <= 65_535) return [];
    return [
      {
        id: 'not-a-port',
        path: [...path, ...at],
        message: `\`${String(number)}\` is no port`,
        label: 'expected 1 to 65535',
      },
    ];
  });
}

function oneAuth(source: Source, path: Path): Fault[] {
  return (['static', 'dns', 'http', 'consul', 'ec2', 'azure', 'gce'] as const).flatMap((kind): Fault[] => {
    const auth = source[kind]?.auth;
    if (auth === undefined || (auth.basic === undefined) !== (auth.bearer === undefined)) return [];
    return [
      {
        id: 'one-of',
        path: [...path, kind, 'auth'],
        atKey: true,
        message: '`auth` shows one thing',
        label: 'expected exactly one of `basic`, `bearer`',
      },
    ];
  });
}
