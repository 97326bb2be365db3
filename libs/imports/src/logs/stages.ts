import { child, entriesOf, isMap, itemsOf, textOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';
import type { Place } from './context.ts';
import { ALREADY } from './pod-steps.ts';

interface StageContext {
  readonly ledger: Ledger;
  /** Where the lines come from that go through the stages. */
  readonly place: Place | 'sender';
  /** The group or the sender. */
  readonly group: string;
}

interface Stage {
  /** The stage of `loki.process` that does the same. */
  readonly stage: string;
  /** What is done instead, without any stage. */
  readonly instead: string;
}

const parsed = (parser: string): string => `lines are stored whole: parser \`${parser}\` reads them at a query`;
const KEPT = 'every line is kept, for as long as `retention.logs` says';
const OF_LINE = 'is made of what a line says: parsers `json`, `logfmt` and `regexp` read it at a query';

const STAGES: ReadonlyMap<string, Stage> = new Map(
  Object.entries({
    json: { stage: 'json', instead: parsed('json') },
    logfmt: { stage: 'logfmt', instead: parsed('logfmt') },
    regex: { stage: 'regex', instead: parsed('regexp') },
    replace: { stage: 'replace', instead: 'lines are stored whole: what must not be stored has to be replaced before' },
    template: { stage: 'template', instead: 'lines are stored whole: `label_format` makes values of them at a query' },
    output: { stage: 'output', instead: 'lines are stored whole: `line_format` shows a part of them at a query' },
    decolorize: { stage: 'decolorize', instead: 'lines are stored whole: `decolorize` makes them plain at a query' },
    labels: { stage: 'labels', instead: `no label ${OF_LINE}` },
    structured_metadata: { stage: 'structured_metadata', instead: `no metadata ${OF_LINE}` },
    // Its name before Loki 3.
    non_indexed_labels: { stage: 'structured_metadata', instead: `no metadata ${OF_LINE}` },
    multiline: { stage: 'multiline', instead: 'each line is an entry of its own' },
    drop: { stage: 'drop', instead: KEPT },
    sampling: { stage: 'sampling', instead: KEPT },
    match: { stage: 'match', instead: 'all lines go the same way' },
    metrics: { stage: 'metrics', instead: 'lines are counted at a query, and in rules of Loki' },
    pack: { stage: 'pack', instead: 'no label is packed into a line: what is asked for seldom is structured metadata' },
    labelallow: { stage: 'label_keep', instead: 'which labels lines have is said once for all' },
    geoip: { stage: 'geoip', instead: 'no place is looked up for an address' },
    eventlogmessage: {
      stage: 'eventlogmessage',
      instead: 'level, source and id of an event are structured metadata, and parser `json` reads the rest at a query',
    },
  }),
);

/** Says of each stage what becomes of it: the cluster file has no stages, and Alloy those that the stack gives it. */
export function readStages(stages: SourceNode | undefined, context: StageContext): void {
  for (const stage of itemsOf(stages)) for (const [name, node] of entriesOf(stage)) readStage(name, node, context);
}

function readStage(name: string, node: SourceNode, context: StageContext): void {
  const special = SPECIAL.get(name);
  if (special !== undefined) {
    special(node, context);
    return;
  }
  const known = STAGES.get(name);
  if (known !== undefined) context.ledger.impossible(node, byHand(known));
  // What stands inside has an answer of its own.
  if (name === 'match') readStages(child(node, 'stages'), context);
}

function byHand({ stage, instead }: Stage): string {
  return `${instead}; else by hand, with \`stage.${stage}\``;
}

type Special = (node: SourceNode, context: StageContext) => void;

const SPECIAL: ReadonlyMap<string, Special> = new Map(
  Object.entries<Special>({ cri, docker, timestamp, labeldrop, tenant, limit, static_labels: staticLabels }),
);

function cri(node: SourceNode, { ledger, place }: StageContext): void {
  if (place !== 'nodes')
    ledger.impossible(
      node,
      'files of a container runtime are read on the nodes of a cluster, by the Alloy that is there: draft that cluster by a file of its own',
    );
  else if (isMap(node) && node.entries.size > 0)
    ledger.changed(node, ALREADY, 'parts of a line are joined, to 256 KiB at most');
  else ledger.carried(node, 'Alloy on the nodes: `stage.cri`');
}

function docker(node: SourceNode, { ledger, place }: StageContext): void {
  if (place === 'nodes') ledger.changed(node, ALREADY, 'files of pods are read as containerd and CRI-O write them');
  else
    ledger.impossible(
      node,
      'lines in files of Docker come as they are, in JSON: let Docker write to the journal, `"log-driver": "journald"`; else by hand, with `stage.docker`',
    );
}

const TIMES: Readonly<Record<StageContext['place'], string>> = {
  nodes: 'the time of a line is when its container wrote it',
  machine: 'the time of a line of a file is when it was read, of an entry of the journal or an event its own',
  sender: 'the time of a line is what its sender says',
};

function timestamp(node: SourceNode, { ledger, place }: StageContext): void {
  ledger.impossible(node, byHand({ stage: 'timestamp', instead: TIMES[place] }));
}

/** Labels that lines of pods have not. */
const NO_LABELS = new Set(['filename', 'stream', 'pod']);

function labeldrop(node: SourceNode, { ledger, place }: StageContext): void {
  for (const item of node.kind === 'list' ? node.items : [node])
    if (place === 'nodes' && NO_LABELS.has(textOf(item) ?? ''))
      ledger.changed(item, ALREADY, 'it is no label: pod and stream are structured metadata');
    else ledger.impossible(item, byHand({ stage: 'label_drop', instead: 'the label stays, if lines have it' }));
}

const TENANTS: Readonly<Record<StageContext['place'], (group: string) => string>> = {
  nodes: () => 'the namespace of a pod decides on its tenant, and no line: say `namespaces` of `tenants`',
  machine: (group) =>
    `a group of machines sends as one tenant: say \`tenant\` of \`ingest.hosts[${group}]\`, and make a group for each`,
  sender: (group) =>
    `a sender sends as one tenant: say \`tenant\` of \`ingest.senders[${group}]\`, and make a sender for each`,
};

function tenant(node: SourceNode, { ledger, place, group }: StageContext): void {
  ledger.impossible(node, TENANTS[place](group));
}

const LIMITED = 'how much a tenant may send is limited by the store: `tenants[].limits.logs`';
const LIMITS: Readonly<Record<StageContext['place'], string>> = {
  nodes: `${LIMITED}; what is beyond waits in its files`,
  machine: 'a machine sends 1,000 lines in a second at most, and what is beyond waits in its files',
  sender: LIMITED,
};

function limit(node: SourceNode, { ledger, place }: StageContext): void {
  ledger.impossible(node, byHand({ stage: 'limit', instead: LIMITS[place] }));
}

function staticLabels(node: SourceNode, { ledger, place, group }: StageContext): void {
  if (place === 'machine')
    ledger.impossible(
      node,
      `labels of all lines of the machines are \`labels\` of \`ingest.hosts[${group}]\`: say them there`,
    );
  else
    ledger.impossible(
      node,
      byHand({
        stage: 'static_labels',
        instead: place === 'nodes' ? 'lines have the labels of their pod' : 'lines have the labels of their sender',
      }),
    );
}
