import { RESERVED_BY_WINDOWS } from '../names.ts';
import type { Fault } from '../fault.ts';
import type { ClusterSpec } from '../schema.ts';

type Spec = ClusterSpec['spec'];

/** What senders and groups of machines say against themselves. */
export function pushed(spec: Spec): Fault[] {
  return [...folders(spec), ...signals(spec), ...labels(spec), ...files(spec)];
}

/** Each has a folder of its name. */
function folders({ ingest }: Spec): Fault[] {
  return (['senders', 'hosts'] as const).flatMap((list) =>
    ingest[list].flatMap(({ name }, index): Fault[] =>
      RESERVED_BY_WINDOWS.test(name)
        ? [
            {
              id: 'reserved-name',
              path: ['spec', 'ingest', list, index, 'name'],
              message: `no folder on Windows can be called \`${name}\``,
              help: 'choose another name',
            },
          ]
        : [],
    ),
  );
}

type Protocol = Spec['ingest']['senders'][number]['protocols'][number];

const CARRIED: Readonly<Record<'series' | 'logs' | 'traces', readonly Protocol[]>> = {
  series: ['remote-write', 'otlp'],
  logs: ['loki', 'otlp'],
  traces: ['otlp'],
};

/** A load that nothing carries is a protocol that was forgotten. */
function signals({ ingest }: Spec): Fault[] {
  const senders = ingest.senders.flatMap((sender, index) =>
    (['series', 'logs', 'traces'] as const)
      .filter((what) => sender[what] !== undefined && !CARRIED[what].some((one) => sender.protocols.includes(one)))
      .map((what): Fault => ({
        id: 'signal-without-protocol',
        path: ['spec', 'ingest', 'senders', index, what],
        atKey: true,
        message: `none of the \`protocols\` of \`${sender.name}\` carries ${what}`,
        help: `add ${CARRIED[what].map((one) => `\`${one}\``).join(' or ')}`,
      })),
  );
  const hosts = ingest.hosts.flatMap(({ name, traces, otlp }, index): Fault[] =>
    traces === undefined || otlp
      ? []
      : [
          {
            id: 'signal-without-protocol',
            path: ['spec', 'ingest', 'hosts', index, 'traces'],
            atKey: true,
            message: `no traces come from the machines of \`${name}\`: nothing there takes any`,
            help: 'add `otlp: true`',
          },
        ],
  );
  return [...senders, ...hosts];
}

/** Set by the collector itself, the same on metrics and logs. */
const OWN_LABELS = ['cluster', 'job', 'instance', 'filename', 'channel', 'source'] as const;

function labels({ ingest }: Spec): Fault[] {
  return ingest.hosts.flatMap(({ labels: said }, index) =>
    Object.keys(said).flatMap((name): Fault[] => {
      const own = OWN_LABELS.some((label) => label === name);
      if (!own && !name.startsWith('__')) return [];
      return [
        {
          id: 'reserved-label',
          path: ['spec', 'ingest', 'hosts', index, 'labels', name],
          atKey: true,
          message: own
            ? `the collector of a machine sets the label \`${name}\` itself`
            : `labels that begin with \`__\` are dropped, and so is \`${name}\``,
          help: 'choose another name',
        },
      ];
    }),
  );
}

const SYSTEMS = { linux: 'Linux', windows: 'Windows' } as const;

/** A path of one system is nothing on the other. */
function files({ ingest }: Spec): Fault[] {
  return ingest.hosts.flatMap(({ os, files: paths }, index) =>
    paths.flatMap((path, at): Fault[] => {
      if (path.startsWith('/') === (os === 'linux')) return [];
      return [
        {
          id: 'path-of-another-system',
          path: ['spec', 'ingest', 'hosts', index, 'files', at],
          message: `\`${path}\` is no path on ${SYSTEMS[os]}`,
          label: `expected a path such as \`${os === 'linux' ? '/var/log/app/*.log' : String.raw`C:\Logs\*.log`}\``,
        },
      ];
    }),
  );
}
