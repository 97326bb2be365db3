import type { SourcePlan } from '@lgtm-fleet/plan';
import type { RelabelRule } from '@lgtm-fleet/spec';
import { component } from '../alloy-syntax/component.ts';
import { reference, type Computed } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { targetsOf } from './kinds/index.ts';
import type { Step } from './kinds/kind.ts';

/** The way of one source: its targets, their labels, the scrape with its limits, what is kept, and whose it is. */
export function collectSource(source: SourcePlan, receiver: Computed): readonly Block[] {
  const label = labelOf(source.name);
  const { blocks, targets, rules = [], scrape } = targetsOf(source, label);
  const filters = filtersOf(source);
  const { limits } = source;
  return [
    ...blocks,
    component('discovery.relabel', label, {
      targets,
      rule: [...ownLabels(source), ...rules, ...source.relabel.map(stepOf)],
    }),
    component(
      'prometheus.scrape',
      label,
      {
        targets: reference(`discovery.relabel.${label}.output`),
        forward_to: [filters.length === 0 ? receiver : reference(`prometheus.relabel.${label}.receiver`)],
        // Of its own job there is none: the label is set above, where relabelling can still change it.
        scrape_interval: `${String(source.intervalSeconds)}s`,
        scrape_timeout: `${String(source.timeoutSeconds)}s`,
        ...(source.nativeHistograms && { scrape_native_histograms: true }),
        ...(limits.samples !== undefined && { sample_limit: limits.samples }),
        ...(limits.targets !== undefined && { target_limit: limits.targets }),
        label_limit: limits.labels,
        label_name_length_limit: limits.labelNameLength,
        label_value_length_limit: limits.labelValueLength,
        ...scrape,
        clustering: { enabled: true },
      },
      { comment: `Source ${source.name}, of tenant ${source.tenant}` },
    ),
    ...(filters.length === 0
      ? []
      : [component('prometheus.relabel', label, { forward_to: [receiver], rule: filters })]),
  ];
}

/** A name of a source as the label of a component, which takes no hyphen and begins with no digit. */
export function labelOf(name: string): string {
  return name.replaceAll('-', '_').replace(/^(?=\d)/, '_');
}

/** Set before any other step, as Prometheus sets what a job of its configuration says. */
function ownLabels({ job, labels }: SourcePlan): readonly Step[] {
  return Object.entries({ ...labels, job }).map(([name, value]) => ({
    target_label: name,
    // A dollar would be a group of the expression.
    replacement: value.replaceAll('$', '$$$$'),
  }));
}

/** Whether a target answers, and what a scrape cost: not of the target, so no list of its metrics is about them. */
const OF_THE_SCRAPE = 'up|scrape_.+';

function filtersOf({ keep, drop, metricRelabel }: SourcePlan): readonly Step[] {
  const names = (expressions: readonly string[]): string => expressions.map((one) => `(?:${one})`).join('|');
  return [
    ...(keep.length === 0
      ? []
      : [{ source_labels: ['__name__'], regex: `${OF_THE_SCRAPE}|${names(keep)}`, action: 'keep' }]),
    ...(drop.length === 0 ? [] : [{ source_labels: ['__name__'], regex: names(drop), action: 'drop' }]),
    ...metricRelabel.map(stepOf),
  ];
}

function stepOf({ sourceLabels, separator, regex, modulus, targetLabel, replacement, action }: RelabelRule): Step {
  return {
    ...(sourceLabels !== undefined && { source_labels: sourceLabels }),
    ...(separator !== undefined && { separator }),
    ...(regex !== undefined && { regex }),
    ...(modulus !== undefined && { modulus }),
    ...(targetLabel !== undefined && { target_label: targetLabel }),
    ...(replacement !== undefined && { replacement }),
    ...(action !== 'replace' && { action }),
  };
}
