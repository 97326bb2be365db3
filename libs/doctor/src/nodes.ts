import type { ClusterObject, Condition } from '@lgtm-fleet/bootstrap';
import { listAt } from './records.ts';
import { subjectOf, type Subject } from './subjects.ts';
import type { View } from './view.ts';

export function nodeCondition(node: ClusterObject, type: string): Condition | undefined {
  return (listAt(node, 'status', 'conditions') as readonly Condition[]).find((one) => one.type === type);
}

/** Parts of the stack that have a pod on a node. */
export function onNode(view: View, node: string): readonly Subject[] {
  return [...new Set(view.pods.filter(({ spec }) => spec?.nodeName === node).map(subjectOf))];
}

/** Pods of the stack that fit on no node. */
export function waiting(view: View): readonly { readonly pod: string; readonly about: Subject }[] {
  return view.pods
    .filter(({ status }) =>
      (status?.conditions ?? []).some(
        ({ type, status: on, reason }) => type === 'PodScheduled' && on === 'False' && reason === 'Unschedulable',
      ),
    )
    .map((pod) => ({ pod: pod.metadata.name, about: subjectOf(pod) }));
}
