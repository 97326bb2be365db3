import type { Span } from '@lgtm-fleet/diagnostics';
import { shown } from './cursor.ts';
import { error, type QueryFault, warning } from './fault.ts';
import type { Matcher, Name } from './parts.ts';
import { readRegex } from './regex.ts';

export type Report = (fault: QueryFault) => void;

/** Whether it also matches a series without the label; a variable of Grafana is taken to say something. */
export function checkMatcher({ label, operator, value }: Matcher, report: Report): boolean {
  if (label === undefined || value.variable) return false;
  const negated = operator.startsWith('!');
  if (!operator.endsWith('~')) return (value.text === '') !== negated;
  const regex = readRegex(value.text);
  if (regex.ok) return regex.matchesEmpty !== negated;
  report(invalidRegex('invalid-regex', regex.problem, value));
  return false;
}

export function invalidRegex(id: string, problem: string, span: Span): QueryFault {
  return error(id, `the regular expression is not one of RE2: ${problem}`, span);
}

/** A label named twice in one pair of brackets. */
export function checkNames(labels: readonly Name[], where: string, report: Report): void {
  const seen = new Set<string>();
  for (const label of labels) {
    if (seen.has(label.text) && !label.variable)
      report(warning('label-twice', `${shown(label.text)} is named twice at ${shown(where)}`, label));
    seen.add(label.text);
  }
}
