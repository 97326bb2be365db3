import type { YamlValue } from '@lgtm-fleet/yaml';
import type { Draft, DraftFile, ImportKind, YamlMap } from '../../core/draft.ts';
import { booleanOf, child } from '../../core/look.ts';
import { dnsLabel, namer } from '../../core/names.ts';
import type { SourceNode } from '../../core/node.ts';
import { judge } from '../../core/verdicts.ts';
import { readPromtailChart } from '../../logs/chart.ts';
import type { LogContext } from '../../logs/context.ts';
import { FIRST } from '../../logs/tenants.ts';
import { readGrafana } from '../kube-prometheus-stack/grafana.ts';
import type { StackContext } from '../kube-prometheus-stack/context.ts';
import { adviceOf } from './advice.ts';
import type { Part } from './context.ts';
import { readInputs, type Values } from './inputs.ts';
import { readLoki } from './loki.ts';
import { readPrometheusChart } from './prometheus.ts';
import { tenancyOf } from './tenancy.ts';
import { top } from './verdicts.ts';

/** Values of the chart that brought Loki, Promtail and, where it was said, Grafana and Prometheus. */
export const lokiStack: ImportKind = {
  name: 'loki-stack',
  description:
    'values.yaml of the chart (as `helm get values` says them), or a folder with it, with files of rules and with dashboards in JSON',
  read: (inputs) => {
    const context: StackContext = {
      ...inputs,
      name: namer(),
      ruleName: namer(),
      dashboardName: namer(),
      monitorName: namer(),
      evaluation: '1m',
    };
    // The file of what stands in the values.
    context.ruleName('loki');
    const found = readInputs(inputs, context);
    const [first, ...others] = found.values;
    for (const { values } of others)
      inputs.ledger.impossible(
        values,
        'what several files of values are together, Helm alone knows: import what `helm get values` says',
      );
    if (first !== undefined) return draftOf(first, found.files, context);
    const nothing = inputs.ledger.faults().length === 0;
    return { spec: {}, files: found.files, advice: nothing ? [NOTHING] : [] };
  },
};

const NOTHING =
  'no file among the inputs has values of the chart loki-stack: `loki`, `promtail`, `grafana` or `prometheus` at its top';

/** Parts of the chart, and whether they run where nobody says it. */
const SWITCHES: readonly (readonly [part: string, usual: boolean])[] = [
  ['loki', true],
  ['promtail', true],
  ['grafana', false],
  ['prometheus', false],
  ['fluent-bit', false],
  ['filebeat', false],
  ['logstash', false],
];

function draftOf({ values, file }: Values, files: readonly DraftFile[], context: StackContext): Draft {
  const { ledger, cluster } = context;
  judge(values, top, ledger);
  const runs = new Map(SWITCHES.map(([part, usual]) => [part, booleanOf(child(values, part, 'enabled')) ?? usual]));
  const part = (name: string): SourceNode | undefined => (runs.get(name) === true ? child(values, name) : undefined);
  const grafana = part('grafana') === undefined ? {} : readGrafana(part('grafana'), context);
  const { exposure, ...ofGrafana } = grafana.spec ?? {};
  const entry = exposure as YamlMap | undefined;
  const stores = runs.get('loki') === true;
  const loki = stores ? readLoki(child(values, 'loki'), file, entry, context) : undefined;
  const promtail = part('promtail');
  const logs = promtail === undefined ? undefined : readPromtailChart(promtail, logContext(context));
  const prometheus = part('prometheus');
  const metrics =
    prometheus === undefined
      ? {}
      : readPrometheusChart(prometheus, file, { ledger, cluster, ruleName: context.ruleName });
  for (const [name, on] of runs)
    if (!on) ledger.carried(child(values, name), 'nothing: it is switched off, and nothing of it is needed');
  const { senders, tenant, ...tenancy } = tenancyOf(promtail, logs, loki?.untenanted ?? false, ledger);
  const parts: readonly Part[] = [
    tenancy,
    { spec: ofGrafana, files: grafana.files ?? [] },
    metrics,
    loki ?? (entry === undefined ? {} : { spec: { exposure: entry } }),
  ];
  const own = [...parts.flatMap((one) => one.files ?? []), ...files];
  const alerts = own.some(({ path }) => path.startsWith('rules/'));
  const spec = { ...together(parts), ...(alerts && { metrics: { store: 'mimir' } }) };
  const said = loki?.spec?.['exposure'] ?? entry;
  const comments = parts.flatMap((one) =>
    Object.entries(one.comments ?? {}).filter(([path]) => one !== tenancy || said === undefined || !isGuess(path)),
  );
  if (alerts)
    comments.push(['metrics/store', 'Alerts go to who is said in `notifications`, by an Alertmanager of its own']);
  return {
    spec,
    comments: Object.fromEntries(comments.filter(([path]) => isThere(spec, path))),
    labels: { ...logs?.labels, ...metrics.labels },
    sources: metrics.sources ?? [],
    senders,
    files: own,
    advice: [
      ...(isOtherChart(values) ? [OTHER_CHART] : []),
      ...adviceOf({ cluster, tenant, parts, files: own, fluentBit: runs.get('fluent-bit') === true }),
    ],
  };
}

function logContext({ ledger, cluster, name }: StackContext): LogContext {
  const writer = (wanted: string): string => name(dnsLabel(wanted) === FIRST ? `${wanted}-sender` : wanted);
  return { ledger, cluster, place: 'nodes', os: 'linux', group: '', writer, filesAt: () => [] };
}

const OTHER_CHART =
  'These look like values of the chart `loki`, 3 or later, which is another one: what it says in other words is not known here';

function isOtherChart(values: SourceNode): boolean {
  return [['deploymentMode'], ['singleBinary'], ['loki', 'schemaConfig'], ['loki', 'structuredConfig']].some(
    (path) => child(values, ...path) !== undefined,
  );
}

/** Parts that say keys of the same section are joined; there is one way in, and it is that of the last. */
function together(parts: readonly Part[]): YamlMap {
  const joined: Record<string, YamlMap[string]> = {};
  for (const { spec = {} } of parts)
    for (const [key, value] of Object.entries(spec)) {
      const before = joined[key];
      const ingest = key === 'exposure' && isSection(before) && { ingest: before['ingest'] };
      joined[key] =
        isSection(before) && isSection(value) ? { ...(key === 'exposure' ? ingest : before), ...value } : value;
    }
  return joined;
}

/** Words of a guess give way where the values say it. */
function isGuess(path: string): boolean {
  return path.startsWith('exposure/') && path !== 'exposure/ingest/hostname';
}

function isThere(spec: YamlMap, path: string): boolean {
  return (
    path
      .split('/')
      .reduce<YamlMap[string]>(
        (at, step) => (isSection(at) ? at[step] : isList(at) ? at[Number(step)] : undefined),
        spec,
      ) !== undefined
  );
}

function isList(value: YamlMap[string]): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isSection(value: YamlMap[string]): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
