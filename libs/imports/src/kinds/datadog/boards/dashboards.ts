import { child, entriesOf, itemsOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { Part, ReadDocument } from '../context.ts';
import { askedBy } from './metrics.ts';

/** Widgets that ask nothing, or something that is not here. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['note', 'its text is for a panel of kind Text'],
  ['free_text', 'its text is for a panel of kind Text'],
  ['image', 'an image is for a panel of kind Text, in Markdown'],
  ['iframe', 'a page of others is for a panel of kind Text, in HTML'],
  ['alert_graph', 'alerts are a panel of kind Alert list'],
  ['alert_value', 'alerts are a panel of kind Alert list'],
  ['manage_status', 'alerts are a panel of kind Alert list'],
  ['check_status', 'what answers is a panel of kind Stat over `up` or `probe_success`'],
  ['log_stream', 'lines are a panel of kind Logs, in LogQL'],
  ['list_stream', 'lines are a panel of kind Logs, in LogQL'],
  ['trace_service', 'services are in Explore, Traces, with their graph'],
  ['servicemap', 'services are in Explore, Traces, with their graph'],
  ['topology_map', 'services are in Explore, Traces, with their graph'],
  ['hostmap', 'machines are a panel of kind Table or Heatmap over `node_…`'],
  ['slo', 'a target is a panel of kind Gauge over a rule that records its ratio'],
  ['slo_list', 'a target is a panel of kind Gauge over a rule that records its ratio'],
  ['event_stream', 'events of Datadog are not here: annotations of Grafana mark times'],
  ['event_timeline', 'events of Datadog are not here: annotations of Grafana mark times'],
]);

/** Says of each widget of a dashboard what it asks about: queries are of another language, and are not translated. */
export const readDashboard: ReadDocument = (document, _file, context): Part => {
  const { ledger } = context;
  const title = named(textOf(child(document, 'title')) ?? '');
  ledger.impossible(
    document,
    `dashboard \`${title}\`: it is one of Datadog, and cannot be translated. Look for one of grafana.com about the same program, and build the rest anew, team by team: \`docs/migrate.md\`, Datadog side by side`,
  );
  for (const widget of itemsOf(child(document, 'widgets'))) readWidget(widget, title, context);
  for (const variable of itemsOf(child(document, 'template_variables')))
    ledger.impossible(variable, `dashboard \`${title}\`: a variable is one of kind Query, \`label_values(…)\``);
  return {};
};

function readWidget(widget: SourceNode, title: string, context: Parameters<ReadDocument>[2]): void {
  const definition = child(widget, 'definition') ?? widget;
  const type = textOf(child(definition, 'type')) ?? '';
  const name = named(textOf(child(definition, 'title')) ?? type);
  const inner = itemsOf(child(definition, 'widgets'));
  const instead = OTHERS.get(type) ?? 'ask it again in PromQL, LogQL or TraceQL';
  context.ledger.impossible(
    widget,
    inner.length > 0
      ? `dashboard \`${title}\`, group \`${name}\`: a group is a row`
      : `dashboard \`${title}\`, \`${name}\`: ${askedBy(queriesIn(definition, 0))}${instead}`,
  );
  for (const one of inner) readWidget(one, title, context);
}

function named(text: string): string {
  return text.slice(0, 80).replaceAll('`', "'");
}

const DEEPEST = 12;

/** Texts of all queries below a widget. */
function queriesIn(node: SourceNode, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  const items = node.kind === 'list' ? node.items.map((item) => ['', item] as const) : entriesOf(node);
  return items.flatMap(([key, value]) => {
    const text = key === 'q' || key === 'query' ? textOf(value) : undefined;
    return text === undefined ? queriesIn(value, depth + 1) : [text];
  });
}
