import { byHand, type Where } from '../context.ts';

const SENDER = 'let an Alloy of your own do it, once, and push as one of `ingest.senders`, with `protocols: [loki]`';
const PUSH =
  'who pushes lines pushes them to the gateway, as one of `ingest.senders` with `protocols: [loki]`: give it that address and a credential';

const both = (instead: string): Readonly<Record<Where, string>> => ({ nodes: instead, machine: instead });

/** What listens for lines or asks for them, and no key of the cluster file does. */
const INSTEAD: ReadonlyMap<string, Readonly<Record<Where, string>>> = new Map([
  [
    'loki.source.syslog',
    {
      nodes: SENDER,
      machine: 'let the syslog daemon write to the journal or to a file, which a group of `ingest.hosts` reads',
    },
  ],
  [
    'loki.source.docker',
    {
      nodes: 'the nodes run containerd or CRI-O, whose files Alloy reads',
      machine: 'let Docker write to the journal, `"log-driver": "journald"`, which a group of `ingest.hosts` reads',
    },
  ],
  ['loki.source.api', both(PUSH)],
  ['loki.source.heroku', both(SENDER)],
  ['loki.source.kafka', both(SENDER)],
  ['loki.source.gelf', both(SENDER)],
  ['loki.source.gcplog', both(SENDER)],
  ['loki.source.cloudflare', both(SENDER)],
  ['loki.source.awsfirehose', both(SENDER)],
  ['loki.source.azure_event_hubs', both(SENDER)],
  ['loki.source.kubernetes_events', both(`events of Kubernetes are objects, and are not read: ${SENDER}`)],
]);

/** Why a source of lines cannot come along, and what to do; nothing where it can. */
export function outsideWhy(name: string, where: Where): string | undefined {
  const instead = INSTEAD.get(name);
  return instead === undefined ? undefined : `${instead[where]}; ${byHand(`\`${name}\``)}`;
}
