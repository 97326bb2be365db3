import { child, entriesOf, itemsOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { DatadogContext } from '../context.ts';

const PATH = /^(?:\/|[A-Za-z]:\\)[^\0-\x1f"`<>|]+$/;
const EVENT_LOG = /^\w[\w .()&/%+-]*$/;
const RULES =
  'lines are stored whole: parsers `json`, `logfmt` and `regexp` read them at a query, and what must not be stored has to be left out by who writes it; else by hand, with stages of `loki.process` in a patch of the configuration';
const SENDER = 'let an Alloy of your own take them, and push as one of `ingest.senders`, with `protocols: [loki]`';

/** Lines that a file of `conf.d` reads, beside what its check asks. */
export function readLogs(list: SourceNode | undefined, context: DatadogContext): void {
  for (const entry of itemsOf(list)) readLog(entry, context);
}

/** One entry of `logs`. */
function readLog(entry: SourceNode, context: DatadogContext): void {
  const { ledger, where, group } = context;
  const type = textOf(child(entry, 'type')) ?? '';
  if (where === 'nodes') {
    onNodes(entry, type, context);
    return;
  }
  const to = `ingest.hosts[${group}]`;
  judge(
    entry,
    [
      [
        impossible(RULES),
        [
          'log_processing_rules',
          'processing_rules',
          'auto_multi_line_detection',
          'auto_multi_line_match_threshold',
          'fingerprint_config',
        ],
      ],
      [impossible('every file that fits is read: say paths that fit only what you want'), ['exclude_paths']],
      [impossible('files are read as UTF-8: let who writes them write that'), ['encoding']],
      [
        changedTo('the collector', 'positions are its own: what is there is read once from its beginning'),
        ['start_position'],
      ],
      [
        impossible('the whole journal is read: select by `unit` at a query'),
        [
          'include_units',
          'exclude_units',
          'include_user_units',
          'exclude_user_units',
          'include_matches',
          'exclude_matches',
          'container_mode',
          'default_application_name',
          'config_id',
          'process_raw_message',
        ],
      ],
      [impossible('a log of events is read whole: select at a query'), ['query']],
    ],
    ledger,
  );
  const reader = READERS[type];
  if (reader === undefined) return;
  ledger.carried(child(entry, 'type'), to);
  const told = reader(entry, context);
  if (told === undefined) return;
  for (const key of ['service', 'source', 'sourcecategory'])
    ledger.changed(
      child(entry, key),
      `${to}.labels`,
      `labels of a group are on all that it sends: ask for \`{${told}}\``,
    );
  for (const tag of itemsOf(child(entry, 'tags')))
    ledger.impossible(
      tag,
      `labels of a group are on all that it sends: ask for \`{${told}}\`, or make a group for these machines`,
    );
}

type Reader = (entry: SourceNode, context: DatadogContext) => string | undefined;

const file: Reader = (entry, { ledger, machine, group }) => {
  const path = child(entry, 'path');
  const written = textOf(path) ?? '';
  if (!PATH.test(written)) {
    ledger.impossible(entry, 'files of a group are said by an absolute path');
    return undefined;
  }
  ledger.carried(path, `ingest.hosts[${group}].files`);
  machine.files.push({ path: written, node: entry });
  if (/^[A-Za-z]:/.test(written)) machine.windows = true;
  machine.origin ??= entry;
  return /[*?[]/.test(written) ? 'filename=~"…"' : `filename="${written.replaceAll('\\', '\\\\')}"`;
};

const journald: Reader = (entry, { ledger, machine, group }) => {
  ledger.impossible(child(entry, 'path'), 'the journal of the machine itself is read, where the system keeps it');
  ledger.carried(child(entry, 'type'), `ingest.hosts[${group}].journal`);
  machine.journal = true;
  machine.origin ??= entry;
  return 'source="journal"';
};

const events: Reader = (entry, { ledger, machine, group }) => {
  const path = child(entry, 'channel_path');
  const written = textOf(path) ?? '';
  if (!EVENT_LOG.test(written)) {
    ledger.impossible(entry, 'a log of events is said by its name, such as `System`');
    return undefined;
  }
  ledger.carried(path, `ingest.hosts[${group}].eventLogs`);
  machine.eventLogs.push(written);
  machine.windows = true;
  machine.origin ??= entry;
  return `channel="${written}"`;
};

const never =
  (why: string): Reader =>
  (entry, { ledger }) => {
    ledger.impossible(entry, why);
    return undefined;
  };

const READERS: Readonly<Record<string, Reader | undefined>> = Object.assign(Object.create(null) as object, {
  file,
  journald,
  windows_event: events,
  tcp: never(`nothing listens for lines at a port: ${SENDER}`),
  udp: never(`nothing listens for lines at a port: let the syslog daemon write to the journal; else ${SENDER}`),
  docker: never('let Docker write to the journal, `"log-driver": "journald"`, which a group of `ingest.hosts` reads'),
  integration: never('what an integration tells in lines is not asked'),
});

/** In a cluster the lines of pods are read, and no others. */
function onNodes(entry: SourceNode, type: string, { ledger }: DatadogContext): void {
  if (type === 'docker' || type === 'containerd' || type === '') {
    for (const [key, node] of entriesOf(entry))
      if (key === 'log_processing_rules') ledger.impossible(node, RULES);
      else
        ledger.changed(
          node,
          'collected by Alloy already',
          'every node reads the files of its own pods; `service_name` is the label `app.kubernetes.io/name` of the pod, or annotation `resource.opentelemetry.io/service.name`',
        );
    return;
  }
  ledger.impossible(
    entry,
    type === 'tcp' || type === 'udp'
      ? `nothing listens for lines at a port: ${SENDER}`
      : 'Alloy on the nodes reads the files of pods alone: make the nodes a group of `ingest.hosts` too, with these files and their journal',
  );
}
