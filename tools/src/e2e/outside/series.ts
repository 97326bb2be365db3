import type { SourcePlan } from '@lgtm-fleet/plan';
import type { Labels } from '../front-door.ts';
import type { Exposed } from './exposition.ts';

/** A series as one word, the same for the same name and labels. */
export type SeriesKey = string;

/** The series that a page has to become: after the lists of its source, with its labels and the cluster's. */
export function expectedSeries(
  source: SourcePlan,
  target: string,
  cluster: string,
  page: readonly Exposed[],
): ReadonlySet<SeriesKey> {
  if (source.metricRelabel.length > 0 || source.static?.honorLabels === true)
    throw new Error(`what becomes of the labels of ${source.name} is not worked out here`);
  const own = targetLabels(source, target);
  return new Set(
    page
      .filter(({ name }) => isTaken(source, name))
      .map(({ name, labels }) => {
        // What a target says of itself and its source says too is set aside.
        const told = Object.entries(labels).map(([key, value]) => [key in own ? `exported_${key}` : key, value]);
        return keyOf({ cluster, ...(Object.fromEntries(told) as Labels), ...own, __name__: name });
      }),
  );
}

/** Of the buckets of a histogram and the quantiles of a summary, which Prometheus writes as numbers of its own. */
const NUMBERS: ReadonlySet<string> = new Set(['le', 'quantile']);

export function keyOf(labels: Labels): SeriesKey {
  const pairs = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => [key, NUMBERS.has(key) && value !== '+Inf' ? String(Number(value)) : value] as const);
  return JSON.stringify(pairs.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function isTaken({ keep, drop }: SourcePlan, name: string): boolean {
  const matches = (list: readonly string[]): boolean => list.some((one) => new RegExp(`^(?:${one})$`).test(name));
  return (keep.length === 0 || matches(keep)) && !matches(drop);
}

function targetLabels({ name, job, labels, relabel }: SourcePlan, target: string): Labels {
  const steps = relabel.map(({ action, targetLabel, replacement, sourceLabels }) => {
    if (action !== 'replace' || targetLabel === undefined || replacement === undefined || sourceLabels !== undefined)
      throw new Error(`what a step of ${name} makes of its targets is not worked out here`);
    return [targetLabel, replacement] as const;
  });
  return { instance: target, ...labels, job, ...Object.fromEntries(steps) };
}
