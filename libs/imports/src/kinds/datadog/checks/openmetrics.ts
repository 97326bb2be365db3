import { hasCredential, isCredential } from '../../../core/credentials.ts';
import type { YamlMap } from '../../../core/draft.ts';
import { booleanOf, child, entriesOf, textOf } from '../../../core/look.ts';
import type { MapNode, SourceNode } from '../../../core/node.ts';
import { takeTexts } from '../../../core/take.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { Check, CheckReading } from './check.ts';
import { authOf, tlsOf } from './client.ts';
import { metricNames, wildcard } from './metric-names.ts';
import { addressOf as serverAt } from './server.ts';

/** The key that names an endpoint of Prometheus' format, in this version of a check or the one before. */
export function endpointOf(instance: SourceNode): SourceNode | undefined {
  return (
    child(instance, 'openmetrics_endpoint') ??
    child(instance, 'prometheus_url') ??
    child(instance, 'prometheus_endpoint')
  );
}

export const openmetrics: Check = {
  alike: [],
  read: ([instance], reading) => {
    if (instance === undefined) return undefined;
    const address = addressOf(instance, reading);
    if (address === undefined) return undefined;
    const { target, ...http } = address;
    const auth = authOf(instance, 'static', reading);
    const tls = tlsOf(instance, 'static.tls', reading);
    const filters = filtersOf(instance, reading);
    aside(instance, reading);
    return {
      value: {
        ...filters,
        static: { targets: [target], ...http, ...(auth !== undefined && { auth }), ...(tls !== undefined && { tls }) },
      },
    };
  },
};

/** The parts of an address that a source of kind `static` says apart. */
function addressOf(instance: MapNode, { ledger, to, fatal }: CheckReading) {
  const node = endpointOf(instance);
  const written = textOf(node) ?? '';
  const [, scheme = 'http', authority = '', path = '', query = ''] =
    /^(?:(https?):\/\/)?([^/?#]+)(\/[^?#\s]*)?(?:\?([^#]*))?$/i.exec(written) ?? [];
  if (hasCredential(written)) fatal.push('a credential stands in its address: say it with `auth`');
  if (node === undefined || fatal.length > 0) return undefined;
  const secure = scheme.toLowerCase() === 'https';
  const read = serverAt(/%%/.test(written) ? written : authority, undefined, secure ? 443 : 80);
  if ('why' in read) {
    fatal.push(read.why);
    return undefined;
  }
  ledger.carried(node, `${to}.static`);
  const params = Map.groupBy(new URLSearchParams(query), ([key]) => key);
  const kept = [...params].filter(([key]) => !isCredential(key));
  return {
    target: read.target,
    ...(secure && { scheme: 'https' }),
    ...(path !== '' && path !== '/metrics' && { path }),
    ...(kept.length > 0 && {
      params: Object.fromEntries(kept.map(([key, all]) => [key, all.map(([, value]) => value)])),
    }),
  };
}

/** Which series are kept, and which labels they have. */
function filtersOf(instance: MapNode, reading: CheckReading): YamlMap {
  const { ledger, to } = reading;
  const isNew = child(instance, 'openmetrics_endpoint') !== undefined;
  const keep = [
    ...metricNames(child(instance, 'metrics'), isNew, reading),
    ...metricNames(child(instance, 'extra_metrics'), isNew, reading),
  ];
  const all = keep.some((name) => /^\.[*+]$/.test(name));
  if (all) ledger.carried(child(instance, 'metrics'), 'nothing: every metric is kept');
  const drop = [
    ...takeTexts(ledger, child(instance, 'exclude_metrics'), `${to}.drop`),
    ...takeTexts(ledger, child(instance, 'ignore_metrics'), `${to}.drop`).map(wildcard),
  ];
  const excluded = [...takeTexts(ledger, child(instance, 'exclude_labels'), `${to}.metricRelabel`)];
  const renamed = ['rename_labels', 'labels_mapper'].flatMap((key) => entriesOf(child(instance, key)));
  const steps = renamed.flatMap(([label, node]): readonly YamlMap[] => {
    const name = textOf(node);
    if (name === undefined) return [];
    ledger.carried(node, `${to}.metricRelabel`);
    return [
      { sourceLabels: [label], targetLabel: name },
      { regex: label, action: 'labeldrop' },
    ];
  });
  const metricRelabel = [...steps, ...excluded.map((label) => ({ regex: label, action: 'labeldrop' }))];
  return {
    ...(keep.length > 0 && !all && { keep: together(keep) }),
    ...(drop.length > 0 && { drop }),
    ...(metricRelabel.length > 0 && { metricRelabel }),
  };
}

/** As many expressions as a source may list, the rest of them joined. */
function together(names: readonly string[]): readonly string[] {
  const size = Math.ceil(names.length / MOST);
  return size <= 1
    ? names
    : Array.from({ length: Math.ceil(names.length / size) }, (_, at) =>
        names.slice(at * size, (at + 1) * size).join('|'),
      );
}

const MOST = 200;

const NAMES = changedTo(
  'the source',
  'a metric is called as its target calls it, without a namespace, a prefix taken off or another name',
);
const TYPES = changedTo(
  'the source',
  'counters, histograms and summaries are stored as they are, and queries make of them what is wanted',
);

/** What is said of how Datadog stores what a target tells. */
function aside(instance: MapNode, { ledger }: CheckReading): void {
  judge(
    instance,
    [
      [NAMES, ['namespace', 'raw_metric_prefix', 'prometheus_metrics_prefix']],
      [
        TYPES,
        [
          ...[
            'send_histograms_buckets',
            'send_distribution_buckets',
            'send_monotonic_counter',
            'send_monotonic_with_gauge',
          ],
          ...['send_distribution_counts_as_monotonic', 'send_distribution_sums_as_monotonic', 'type_overrides'],
          ...['collect_histogram_buckets', 'collect_counters_with_distributions', 'histogram_buckets_as_distributions'],
          ...[
            'non_cumulative_histogram_buckets',
            'use_latest_spec',
            'use_process_start_time',
            'cache_metric_wildcards',
          ],
        ],
      ],
      [
        changedTo('the source', 'whether a target answers is the metric `up`'),
        ['health_service_check', 'enable_health_service_check'],
      ],
      [changedTo('the source', 'which target it is says label `instance`'), ['tag_by_endpoint', 'telemetry']],
      [
        impossible('labels of one metric are joined to another one at a query, with `group_left`'),
        ['label_joins', 'share_labels', 'cache_shared_labels', 'target_info'],
      ],
      [
        impossible('label `instance` is the target: take another one with `metricRelabel`'),
        ['label_to_hostname', 'hostname_label', 'hostname_format'],
      ],
      [
        impossible('labels are kept: drop them with `metricRelabel`'),
        ['include_labels', 'ignore_tags', 'ignore_metrics_by_labels', 'exclude_metrics_by_labels', 'raw_line_filters'],
      ],
      [
        impossible('series are kept and dropped by `keep` and `drop`, by the names that the target has'),
        ['metric_patterns'],
      ],
    ],
    ledger,
  );
  // An older check switches the newer one on.
  const on = child(instance, 'use_openmetrics');
  if (booleanOf(on) !== undefined) ledger.carried(on, 'nothing: it is how the endpoint is read');
}
