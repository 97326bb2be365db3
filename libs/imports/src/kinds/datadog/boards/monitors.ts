import { child, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { Part, ReadDocument } from '../context.ts';
import { askedBy } from './metrics.ts';

const METRICS = 'write an alert rule of Mimir in PromQL';

/** What takes the place of a monitor, by its type. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['metric alert', METRICS],
  ['query alert', METRICS],
  ['service check', `${METRICS}: \`up == 0\`, or \`probe_success == 0\` of a source of kind \`blackbox\``],
  ['log alert', 'write an alert rule of Loki in LogQL, with `count_over_time` of the lines that fit'],
  ['trace-analytics alert', `${METRICS}, over \`traces_spanmetrics_…\` that Tempo makes of spans`],
  [
    'error-tracking alert',
    'write an alert rule of Loki over lines with errors, or of Mimir over `traces_spanmetrics_calls_total{status_code="STATUS_CODE_ERROR"}`',
  ],
  ['slo alert', 'write rules of Mimir: one that records the ratio, and alerts over how fast its budget burns'],
  ['composite', 'write one alert rule whose query joins the others with `and`, `or` and `unless`'],
  ['process alert', 'run `process-exporter`, and write an alert rule over `namedprocess_namegroup_num_procs`'],
]);
const NEVER = 'what it watches is not collected: events, sessions of browsers, audits, networks and costs of Datadog';

export const MONITOR_TYPES: ReadonlySet<string> = new Set([
  ...INSTEAD.keys(),
  ...[
    'event alert',
    'event-v2 alert',
    'rum alert',
    'audit alert',
    'ci-pipelines alert',
    'ci-tests alert',
    'cost alert',
  ],
  ...['synthetics alert', 'network-performance alert', 'network-path alert', 'database-monitoring alert'],
]);

/** Says of a monitor what takes its place: its query is of another language, and is not translated. */
export function readMonitor(node: SourceNode, context: Parameters<ReadDocument>[2]): void {
  const name = (textOf(child(node, 'name')) ?? '').slice(0, 80).replaceAll('`', "'");
  const type = textOf(child(node, 'type')) ?? '';
  const query = child(node, 'query');
  const instead = INSTEAD.get(type) ?? NEVER;
  const why = `monitor \`${name}\`: ${askedBy([textOf(query) ?? ''])}a query of Datadog cannot be translated. ${capital(instead)}`;
  context.ledger.impossible(node, why);
  const message = child(node, 'message');
  if (/@[\w-]/.test(textOf(message) ?? ''))
    context.ledger.impossible(
      message,
      `monitor \`${name}\`: whom it tells is for \`tenants[].alerts.webhook\`, or routes that are uploaded with \`mimirtool alertmanager load\`; what it says is an annotation of the rule`,
    );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Monitors of the API or of exports: one, a list, or below `monitors`. */
export const readMonitors: ReadDocument = (document, _file, context): Part => {
  for (const monitor of monitorsIn(document)) readMonitor(monitor, context);
  return {};
};

export function monitorsIn(document: SourceNode): readonly SourceNode[] {
  const list = document.kind === 'list' ? document : child(document, 'monitors');
  const items = list?.kind === 'list' ? list.items : [document];
  return items.filter(
    (item) => MONITOR_TYPES.has(textOf(child(item, 'type')) ?? '') && child(item, 'query') !== undefined,
  );
}
