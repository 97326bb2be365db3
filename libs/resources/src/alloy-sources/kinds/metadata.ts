import type { SourcePlan } from '@lgtm-fleet/plan';
import type { Step } from './kind.ts';

/**
 * Labels from what a list says of its targets, unless the source says them itself. Only what people look for and the
 * address does not tell: each label is on every series. Their names begin with whose they are, because exporters have
 * a `name`, a `zone` and a `service` of their own, which would have to give way.
 */
export function fromMetadata({ labels }: SourcePlan, wanted: Readonly<Record<string, string>>): readonly Step[] {
  return Object.entries(wanted)
    .filter(([name]) => labels[name] === undefined)
    .map(([name, from]) => ({ source_labels: [from], target_label: name }));
}

/** Lists hold machines that are stopped as well, which are down for ever. */
export function running(state: string, value: string): Step {
  return { source_labels: [state], regex: value, action: 'keep' };
}

/** An exporter calls itself by a hash of its settings, and each change of them would begin other series. */
export function namedAfter({ name, labels }: SourcePlan): readonly Step[] {
  return labels['instance'] === undefined ? [{ target_label: 'instance', replacement: name }] : [];
}
