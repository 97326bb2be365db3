import {
  clusterSchema,
  parse,
  seriesOfHosts,
  seriesOfSource,
  type ClusterSpec,
  type SourceFile,
} from '@lgtm-fleet/spec';
import { visible, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { formatCount } from '@lgtm-fleet/units';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { isMap, isNode, isSeq, parseDocument } from 'yaml';
import type { Draft, Drafted, YamlMap } from './draft.ts';
import type { Ledger } from './ledger.ts';

const LISTS = ['sources', 'senders', 'hosts'] as const;
type List = (typeof LISTS)[number];

/** What the pods of a small cluster send by themselves. */
const INSIDE = 20_000;
/** What was not counted, and what comes in the next year. */
const ROOM = 1.5;

export interface Assembled {
  readonly file: SourceFile;
  /** The cluster, where the draft is one. */
  readonly cluster: ClusterSpec | undefined;
  /** What keeps it from being one, and no single entry is to blame for. */
  readonly faults: readonly Diagnostic[];
  /** Entries that are in it. */
  readonly entries: Readonly<Record<List, readonly Drafted[]>>;
}

/**
 * The text of the cluster file. Entries that the schema refuses are left out and said to be impossible, with what it
 * says of them; the load follows from what is left.
 */
export function assemble(cluster: string, draft: Draft, header: readonly string[], ledger: Ledger): Assembled {
  const path = `clusters/${cluster}/cluster.yaml`;
  const write = (entries: Assembled['entries'], activeSeries: string): SourceFile => ({
    path,
    text: textOf(cluster, draft, entries, activeSeries, header),
  });
  let entries: Assembled['entries'] = {
    sources: draft.sources ?? [],
    senders: draft.senders ?? [],
    hosts: draft.hosts ?? [],
  };
  for (;;) {
    // Any load will do until it is known what is left.
    const trial = write(entries, '1G');
    const parsed = parse(trial);
    if (parsed.ok) {
      const file = write(entries, formatCount(seriesOf(parsed.value.cluster, draft)));
      const last = parse(file);
      return last.ok
        ? { file, cluster: last.value.cluster, faults: [], entries }
        : { file, cluster: undefined, faults: last.diagnostics, entries };
    }
    const refused = refusals(trial.text, parsed.diagnostics);
    if (refused.size === 0) return { file: trial, cluster: undefined, faults: parsed.diagnostics, entries };
    const left = { ...entries };
    for (const list of LISTS)
      left[list] = entries[list].filter(({ origin }, index) => {
        const why = refused.get(`${list}/${index}`);
        if (why !== undefined) ledger.impossible(origin, `the cluster file cannot say it: ${why}`);
        return why === undefined;
      });
    entries = left;
  }
}

function textOf(
  cluster: string,
  { spec, labels, comments, otherSeries = INSIDE }: Draft,
  entries: Assembled['entries'],
  activeSeries: string,
  header: readonly string[],
): string {
  const load = mapOf(spec['load']);
  const said = LISTS.filter((list) => entries[list].length > 0);
  const value: YamlValue = {
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: cluster, ...(labels !== undefined && Object.keys(labels).length > 0 && { labels }) },
    spec: inOrder({
      ...spec,
      load: { ...load, metrics: { activeSeries, ...mapOf(load['metrics']) } },
      ...(said.length > 0 && {
        ingest: Object.fromEntries(said.map((list) => [list, entries[list].map(({ value }) => value)])),
      }),
    }),
  };
  const own = Object.entries(comments ?? {}).map(([at, text]) => [`spec/${at}`, text]);
  const origins = LISTS.flatMap((list) =>
    entries[list].flatMap(({ origin, open = [] }, index) => [
      [`spec/ingest/${list}/${index}`, `${origin.file}:${origin.line}`],
      ...open.map(({ at, question }) => [`spec/ingest/${list}/${index}/${at}`, `To be decided: ${question}`]),
    ]),
  );
  const room = `${formatCount(otherSeries)} of the cluster itself and what the sources send, and half as much again`;
  return stringify(value, {
    header,
    // Names of files are of an input, and a carriage return would end the comment.
    comments: Object.fromEntries(
      [...own, ['spec/load/metrics/activeSeries', room], ...origins].map(([at = '', text = '']) => [at, visible(text)]),
    ),
  });
}

const ORDER = Object.keys(clusterSchema.shape.spec.unwrap().shape);

/** Keys in the order of the schema, which is how people read a cluster file; what it does not know comes last. */
function inOrder(spec: YamlMap): YamlMap {
  const place = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  return Object.fromEntries(Object.entries(spec).toSorted(([left], [right]) => place(left) - place(right)));
}

function mapOf(value: YamlValue | undefined): Readonly<Record<string, YamlValue | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, YamlValue | undefined>>)
    : {};
}

/** Two digits are more than an estimate knows. */
function seriesOf({ spec }: ClusterSpec, { otherSeries = INSIDE }: Draft): number {
  const { sources, senders, hosts } = spec.ingest;
  const sum =
    otherSeries +
    sources.reduce((all, source) => all + seriesOfSource(source), 0) +
    senders.reduce((all, { series = 0 }) => all + series, 0) +
    hosts.reduce((all, group) => all + seriesOfHosts(group), 0);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(sum * ROOM)) - 1);
  return Math.ceil((sum * ROOM) / step) * step;
}

/** What was refused of which entry: `sources/3`. */
function refusals(text: string, diagnostics: readonly Diagnostic[]): ReadonlyMap<string, string> {
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false });
  const spans = LISTS.flatMap((list) => {
    const node: unknown = document.getIn(['spec', 'ingest', list]);
    const items: readonly unknown[] = isSeq(node) ? node.items : [];
    return items.map((item, index) => {
      const [start = 0, , end = 0] = isNode(item) && isMap(item) ? (item.range ?? []) : [];
      return { key: `${list}/${index}`, start, end };
    });
  });
  const found = new Map<string, string>();
  for (const { span, message, label } of diagnostics) {
    const at = spans.find(({ start, end }) => span !== undefined && span.start >= start && span.start < end);
    if (at !== undefined && !found.has(at.key))
      found.set(at.key, label === undefined ? message : `${message}; ${label}`);
  }
  return found;
}
