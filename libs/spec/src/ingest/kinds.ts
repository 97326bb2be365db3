import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import { paceOf } from './pace.ts';
import type { Source } from './sources.ts';

type Spec = ClusterSpec['spec'];

/** A scrape ends before the next one begins. */
export function inTime({ ingest, load }: Spec): Fault[] {
  return ingest.sources.flatMap((source, index): Fault[] => {
    const { interval, timeout } = paceOf(source, load.metrics.scrapeInterval);
    if (timeout <= interval) return [];
    return [
      {
        id: 'timeout-beyond-interval',
        path: ['spec', 'ingest', 'sources', index, 'timeout'],
        message: 'a scrape would take longer than until the next one',
        label: `expected at most ${String(interval)}s`,
      },
    ];
  });
}

/** What the keys of one kind say against each other. */
export function kindFaults({ ingest }: Spec): Fault[] {
  return ingest.sources.flatMap((source, index) => {
    const path = ['spec', 'ingest', 'sources', index];
    return [
      ...records(source, path),
      ...nothingProbed(source, path),
      ...ports(source, path),
      ...oneAuth(source, path),
      ...wholeCertificate(source, path),
    ];
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
  return shown(source).flatMap(({ auth, at }): Fault[] => {
    if (auth === undefined || (auth.basic === undefined) !== (auth.bearer === undefined)) return [];
    return [
      {
        id: 'one-of',
        path: [...path, ...at],
        atKey: true,
        message: `\`${String(at.at(-1))}\` shows one thing`,
        label: 'expected exactly one of `basic`, `bearer`',
      },
    ];
  });
}

/** Alloy takes no configuration at all that has one of them alone. */
function wholeCertificate(source: Source, path: Path): Fault[] {
  return shown(source).flatMap(({ tls, tlsAt }): Fault[] => {
    if ((tls?.certificate === undefined) === (tls?.key === undefined)) return [];
    const [said, other] = tls?.key === undefined ? ['certificate', 'key'] : ['key', 'certificate'];
    return [
      {
        id: 'half-a-certificate',
        path: [...path, ...tlsAt, said],
        atKey: true,
        message: `a client certificate is two files, and \`${said}\` is one of them`,
        help: `add \`${other}\``,
      },
    ];
  });
}

/** What is shown over HTTP, to targets and to those who keep a list of them. */
function shown(source: Source) {
  const targets = (['static', 'dns', 'http', 'consul', 'ec2', 'azure', 'gce'] as const).map((kind) => ({
    auth: source[kind]?.auth,
    at: [kind, 'auth'],
    tls: source[kind]?.tls,
    tlsAt: [kind, 'tls'],
  }));
  const { http, consul } = source;
  return [
    ...targets,
    { auth: http?.serverAuth, at: ['http', 'serverAuth'], tls: http?.serverTls, tlsAt: ['http', 'serverTls'] },
    { auth: undefined, at: [], tls: consul?.serverTls, tlsAt: ['consul', 'serverTls'] },
  ];
}
