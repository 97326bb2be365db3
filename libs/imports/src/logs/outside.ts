import { child, entriesOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { Place } from './context.ts';

interface Outside {
  /** The components that do the same. */
  readonly components: string;
  /** What else can be done, by where it runs; where nothing is said, an Alloy of its own. */
  readonly instead?: Readonly<Record<Place, string>>;
}

/** What Promtail listens to or asks, and no key of the cluster file does. */
const OUTSIDE: ReadonlyMap<string, Outside> = new Map(
  Object.entries<Outside>({
    syslog: {
      components: '`loki.source.syslog`',
      instead: {
        machine: 'let the syslog daemon write to the journal or to a file, which a group of `ingest.hosts` reads',
        nodes: 'let the senders have a group of `ingest.hosts`, which reads their journal or files',
      },
    },
    docker_sd_configs: {
      components: '`discovery.docker` and `loki.source.docker`',
      instead: {
        machine: 'let Docker write to the journal, `"log-driver": "journald"`, which a group of `ingest.hosts` reads',
        nodes: 'the nodes run containerd or CRI-O, whose files Alloy reads',
      },
    },
    gelf: { components: '`loki.source.gelf`' },
    kafka: { components: '`loki.source.kafka`' },
    cloudflare: { components: '`loki.source.cloudflare`' },
    azure_event_hubs: { components: '`loki.source.azure_event_hubs`' },
    gcplog: { components: '`loki.source.gcplog`' },
    heroku_drain: { components: '`loki.source.heroku`' },
  }),
);

/** Why a job cannot come along that gets its lines from elsewhere; nothing where it is another kind of job. */
export function outsideOf(job: SourceNode, place: Place): string | undefined {
  const [found] = [...OUTSIDE].filter(([key]) => child(job, key) !== undefined);
  if (found === undefined) return undefined;
  const [key, { components, instead }] = found;
  const says = `no key of the cluster file says \`${key}\``;
  return instead === undefined
    ? `${says}: let an Alloy of your own do it, with ${components}, and push as one of \`ingest.senders\`, \`protocols: [loki]\``
    : `${says}: ${instead[place]}; else by hand, with ${components}`;
}

/** Other ways in which Promtail finds files to read. */
export function otherDiscoveries(job: SourceNode): readonly string[] {
  const known = new Set(['static_configs', 'file_sd_configs', 'kubernetes_sd_configs', 'docker_sd_configs']);
  return entriesOf(job).flatMap(([key]) => (key.endsWith('_sd_configs') && !known.has(key) ? [key] : []));
}
