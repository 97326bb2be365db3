import type { ClusterObject, Event } from '@lgtm-fleet/bootstrap';
import type { View } from './view.ts';

/** How long an event says something about now; milliseconds. */
const RECENT = 600_000;

export type Dated = ClusterObject &
  Event & { readonly lastTimestamp?: string | null; readonly eventTime?: string | null; readonly count?: number };

/** Events of the last minutes in a namespace, the oldest first. */
export function eventsIn(view: View, namespace: string): readonly Dated[] {
  return ((view.live('Event') ?? []) as readonly Dated[])
    .filter(({ involvedObject }) => involvedObject.namespace === namespace)
    .filter((event) => !(view.now - timeOf(event) > RECENT))
    .toSorted((left, right) => timeOf(left) - timeOf(right));
}

/** Those about an object. */
export function eventsOf(view: View, kind: string, { metadata }: Pick<ClusterObject, 'metadata'>): readonly Dated[] {
  return eventsIn(view, metadata.namespace ?? '').filter(
    ({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === metadata.name,
  );
}

/** Milliseconds. */
export function timeOf({ lastTimestamp, eventTime, metadata }: Dated): number {
  return Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '');
}
