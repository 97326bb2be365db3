import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { at, isRecord, listAt, textAt, type Values } from './records.ts';
import { subject, subjectOf, type Subject } from './subjects.ts';
import type { View } from './view.ts';

/** Parts of the stack that a policy holds for: those whose pods it selects. */
export function policySubjects(view: View, policy: ClusterObject): readonly Subject[] {
  const selector = at(policy, 'spec', 'podSelector') ?? at(policy, 'spec', 'endpointSelector') ?? {};
  const found = view.workloads
    .filter(({ namespace }) => namespace === policy.metadata.namespace)
    .filter(({ workload }) =>
      selects(selector, {
        'app.kubernetes.io/name': workload.component,
        'app.kubernetes.io/component': workload.role,
      }),
    )
    .map((one) => subject(one.workload.component, one.workload.role));
  return found.length > 0 ? [...new Set(found)] : [subjectOf(policy)];
}

/** By the two labels that every pod of the stack has; of others nothing is known here, so they are taken to fit. */
function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  const wanted = at(selector, 'matchLabels');
  const fits = Object.entries(isRecord(wanted) ? wanted : {}).every(
    ([key, value]) => labels[key] === undefined || labels[key] === value,
  );
  return fits && (listAt(selector, 'matchExpressions') as readonly Values[]).every((one) => expression(one, labels));
}

function expression(one: Values, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[textAt(one, 'key') ?? ''];
  if (value === undefined) return true;
  const values = listAt(one, 'values');
  const operator = textAt(one, 'operator');
  if (operator === 'In') return values.includes(value);
  if (operator === 'NotIn') return !values.includes(value);
  return operator === 'Exists';
}
