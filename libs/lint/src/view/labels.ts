import { strings, type Json, type Path, type Workload } from '@lgtm-fleet/manifests';

/** A LabelSelector as `kubectl` takes it: `app.kubernetes.io/name=loki,app.kubernetes.io/component=querier`. */
export function selectorText(selector: Json | undefined): string {
  return Object.entries(strings(selector, 'matchLabels'))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** Where in a LabelSelector that takes no pods the fault is: a pair that none of them has, else the whole. */
export function unmatchedLabel(selector: Json | undefined, workloads: readonly Workload[]): Path {
  const pair = Object.entries(strings(selector, 'matchLabels')).find(([key, value]) =>
    workloads.every(({ labels }) => labels[key] !== value),
  );
  return pair === undefined ? [] : ['matchLabels', pair[0]];
}
