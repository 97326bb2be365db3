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
    return [...records(source, path), ...nothingProbed(source, path), ...oneAuth(source, path)];
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
  if (blackbox === undefined) return [];
  const { http, tcp, icmp, dns } = blackbox;
  if ([http, tcp, icmp, dns].some((probe) => probe !== undefined)) return [];
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

const SCRAPED = ['static', 'dns', 'http', 'consul', 'ec2', 'azure', 'gce'] as const;

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

/** What is shown over HTTP, to targets and to those who keep a list of them. */
function shown({ blackbox, ...source }: Source) {
  return [
    ...SCRAPED.map((kind) => ({ auth: source[kind]?.auth, at: [kind, 'auth'] })),
    { auth: blackbox?.http?.auth, at: ['blackbox', 'http', 'auth'] },
    { auth: source.http?.serverAuth, at: ['http', 'serverAuth'] },
  ];
}
