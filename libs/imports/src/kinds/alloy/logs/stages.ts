import type { Ledger } from '../../../core/ledger.ts';
import { entriesOf, textOf } from '../../../core/look.ts';
import { ALREADY } from '../../../logs/pod-steps.ts';
import { byHand, type Where } from '../context.ts';
import { allBlocks, type BlockNode } from '../syntax/nodes.ts';

const parsed = (parser: string): string => `lines are stored whole: parser \`${parser}\` reads them at a query`;
const WHOLE = 'lines are stored whole';
const KEPT = 'every line is kept, for as long as `retention.logs` says';
const OF_LINE = 'is made of what a line says: parsers `json`, `logfmt` and `regexp` read it at a query';
const EVENT = 'level, source and id of an event are structured metadata, and parser `json` reads the rest at a query';

/** What is done instead of a stage, which the cluster file has none of. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['stage.json', parsed('json')],
  ['stage.logfmt', parsed('logfmt')],
  ['stage.regex', parsed('regexp')],
  ['stage.pattern', parsed('pattern')],
  ['stage.replace', `${WHOLE}: what must not be stored has to be replaced before`],
  ['stage.luhn', `${WHOLE}: what must not be stored has to be replaced before`],
  ['stage.template', `${WHOLE}: \`label_format\` makes values of them at a query`],
  ['stage.output', `${WHOLE}: \`line_format\` shows a part of them at a query`],
  ['stage.decolorize', `${WHOLE}: \`decolorize\` makes them plain at a query`],
  ['stage.labels', `no label ${OF_LINE}`],
  ['stage.structured_metadata', `no metadata ${OF_LINE}`],
  ['stage.structured_metadata_drop', 'metadata of a line is kept'],
  ['stage.multiline', 'each line is an entry of its own'],
  ['stage.drop', KEPT],
  ['stage.sampling', KEPT],
  ['stage.match', 'all lines go the same way'],
  ['stage.metrics', 'lines are counted at a query, and in rules of Loki'],
  ['stage.pack', 'no label is packed into a line: what is asked for seldom is structured metadata'],
  ['stage.label_keep', 'which labels lines have is said once for all'],
  ['stage.geoip', 'no place is looked up for an address'],
  ['stage.eventlogmessage', EVENT],
  ['stage.windowsevent', EVENT],
]);

const TIMES: Readonly<Record<Where, string>> = {
  nodes: 'the time of a line is when its container wrote it',
  machine: 'the time of a line of a file is when it was read, of an entry of the journal or an event its own',
};
const TENANTS: Readonly<Record<Where, string>> = {
  nodes: 'the namespace of a pod decides on its tenant, and no line: say `namespaces` of `tenants`',
  machine: 'a group of machines sends as one tenant: say `tenant` of `ingest.hosts[]`, and make a group for each',
};
const LABELS: Readonly<Record<Where, string>> = {
  nodes: 'lines have the labels of their pod',
  machine: 'labels of all lines of the machines are `labels` of `ingest.hosts[]`: say them there',
};
const LIMIT: Readonly<Record<Where, string>> = {
  nodes:
    'how much a tenant may send is limited by the store, `tenants[].limits.logs`; what is beyond waits in its files',
  machine: 'a machine sends 1,000 lines in a second at most, and what is beyond waits where it is',
};
/** Labels that lines of pods have not. */
const NO_LABELS = new Set(['filename', 'stream', 'pod']);

/** Says of each stage of a `loki.process` what becomes of it. */
export function readStages(process: BlockNode, where: Where, ledger: Ledger): void {
  for (const block of allBlocks(process)) {
    const instead = INSTEAD.get(block.name);
    if (instead !== undefined) ledger.impossible(block, `${instead}; ${byHand(`\`${block.name}\``)}`);
    else special(block, where, ledger);
    // What stands inside has an answer of its own.
    if (block.name === 'stage.match') readStages(block, where, ledger);
  }
}

function special(block: BlockNode, where: Where, ledger: Ledger): void {
  const say = (instead: string): void => {
    ledger.impossible(block, `${instead}; ${byHand(`\`${block.name}\``)}`);
  };
  switch (block.name) {
    case 'stage.cri':
      if (where === 'machine')
        say('files of a container runtime are read on the nodes of a cluster, by the Alloy that is there');
      else if (block.entries.size > 0) ledger.changed(block, ALREADY, 'parts of a line are joined, to 256 KiB at most');
      else ledger.carried(block, 'Alloy on the nodes: `stage.cri`');
      return;
    case 'stage.docker':
      if (where === 'nodes')
        ledger.changed(block, ALREADY, 'files of pods are read as containerd and CRI-O write them');
      else
        say(
          'lines in files of Docker come as they are, in JSON: let Docker write to the journal, `"log-driver": "journald"`',
        );
      return;
    case 'stage.truncate':
      ledger.changed(block, 'the collector', 'a line of more than 256 KiB is cut, not lost');
      return;
    case 'stage.label_drop':
      for (const [, values] of entriesOf(block))
        for (const item of values.kind === 'list' ? values.items : [values])
          if (where === 'nodes' && NO_LABELS.has(textOf(item) ?? ''))
            ledger.changed(item, ALREADY, 'it is no label: pod and stream are structured metadata');
          else ledger.impossible(item, `the label stays, if lines have it; ${byHand('`stage.label_drop`')}`);
      return;
    case 'stage.timestamp':
      say(TIMES[where]);
      return;
    case 'stage.tenant':
      say(TENANTS[where]);
      return;
    case 'stage.static_labels':
      say(LABELS[where]);
      return;
    case 'stage.limit':
      say(LIMIT[where]);
      return;
    default:
    // A stage of another version: not known.
  }
}
