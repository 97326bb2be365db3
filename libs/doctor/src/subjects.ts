import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import type { ComponentName } from '@lgtm-fleet/plan';

/**
 * A part of the stack: a component, one role of it (`loki/ingester`). Others that matter are `object-storage`
 * and `time`.
 */
export type Subject = string;

/** What depends on clocks that agree. */
export const TIME: Subject = 'time';

/** A role is a part of its component, so each of the two touches the other; two roles do not. */
export function touches(left: Subject, right: Subject): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}

export function subject(component: ComponentName | (string & {}), role?: string): Subject {
  return role === undefined || role === component ? component : `${component}/${role}`;
}

/** By the labels that every object of the overlays has. */
export function subjectOf({ metadata }: Pick<ClusterObject, 'metadata'>): Subject {
  const component = metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name;
  const role = metadata.labels?.['app.kubernetes.io/component'];
  return role === 'config' ? component : subject(component, role);
}
