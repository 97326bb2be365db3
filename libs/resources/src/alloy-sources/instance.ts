import type { SourcePlan } from '@lgtm-fleet/plan';
import type { Step } from './kinds/kind.ts';

/**
 * What an exporter tells comes from inside Alloy, and so would its label `instance`: it is set to where that is about.
 * A source that has labels of its own called so keeps them.
 */
export function instanceIs(source: SourcePlan, instance: string, componentId?: string): readonly Step[] {
  if (source.labels['instance'] !== undefined) return [];
  return [
    {
      ...(componentId !== undefined && {
        source_labels: ['__meta_component_id'],
        regex: componentId.replaceAll('.', '\\.'),
      }),
      target_label: 'instance',
      replacement: instance.replaceAll('$', '$$$$'),
    },
  ];
}

/** The same where each target has its own: what it was asked by. */
export function instanceOf(source: SourcePlan, label: string): readonly Step[] {
  return source.labels['instance'] === undefined ? [{ source_labels: [label], target_label: 'instance' }] : [];
}
