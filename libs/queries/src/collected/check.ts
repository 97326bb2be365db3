import { nearest } from '@lgtm-fleet/diagnostics';
import { shown } from '../core/cursor.ts';
import { error, inOrder, type ParseOptions, type QueryFault } from '../core/fault.ts';
import { type LabelUse, labelsUsed, metricsUsed, type MetricUse } from './uses.ts';

/** What a plan collects. */
export interface Catalogue {
  /** Names of series as programs show them: of a histogram its `_bucket`, `_sum` and `_count`. */
  readonly metrics: ReadonlySet<string>;
  /** Names that the plan's own rules record. */
  readonly recorded: ReadonlySet<string>;
  /** Labels of a metric beside those that all series have; a metric that is absent here may have any. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  /** Labels that collecting gives every series: `cluster`, `namespace`, `job`. */
  readonly everywhere: ReadonlySet<string>;
}

/** What Prometheus and its rules make themselves. */
const OWN: ReadonlySet<string> = new Set([
  ...['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling'],
  ...['scrape_series_added', 'ALERTS', 'ALERTS_FOR_STATE'],
]);

/** Metrics and labels of a query of PromQL that nothing collects. Names given by a regular expression are not checked. */
export function checkCollected(text: string, catalogue: Catalogue, options: ParseOptions = {}): readonly QueryFault[] {
  return inOrder([
    ...metricsUsed(text, options).flatMap((use) => checkMetric(use, catalogue)),
    ...labelsUsed(text, options).flatMap((use) => checkLabel(use, catalogue)),
  ]);
}

function isKnown(name: string, { metrics, recorded }: Catalogue): boolean {
  return metrics.has(name) || recorded.has(name) || OWN.has(name);
}

function checkMetric({ name, place }: MetricUse, catalogue: Catalogue): readonly QueryFault[] {
  if (name === undefined || isKnown(name, catalogue)) return [];
  return [
    error('unknown-metric', `nothing that is collected has the metric ${shown(name)}`, place, meant(name, catalogue)),
  ];
}

function meant(name: string, { metrics, recorded }: Catalogue): string | undefined {
  // Only names of about the same length can be near; the catalogue is long.
  const near = [...metrics, ...recorded].filter((one) => Math.abs(one.length - name.length) <= name.length / 3);
  const best = nearest(name, near);
  return best === undefined ? undefined : `did you mean \`${best}\`?`;
}

function checkLabel({ label, place, metrics }: LabelUse, catalogue: Catalogue): readonly QueryFault[] {
  const { labels, everywhere } = catalogue;
  if (metrics.length === 0 || everywhere.has(label)) return [];
  const possible = metrics.map((metric) => labels.get(metric));
  if (possible.some((set) => set === undefined || set.has(label))) return [];
  const candidates = [...everywhere, ...possible.flatMap((set) => [...(set ?? [])])];
  const best = nearest(label, candidates);
  const help = best === undefined ? undefined : `did you mean \`${best}\`?`;
  const of = metrics.map((metric) => shown(metric)).join(', ');
  return [
    error('unknown-label', `${of} ${metrics.length === 1 ? 'has' : 'have'} no label ${shown(label)}`, place, help),
  ];
}
