import { shown } from '../core/cursor.ts';
import { error, warning } from '../core/fault.ts';
import { checkMatcher, type Report } from '../core/matchers.ts';
import type { Matcher } from '../core/parts.ts';
import type { Selector } from './tree.ts';

/** The matchers of a selector. `info()` may select by labels that match everything. */
export function checkSelector({ name, matchers, ...span }: Selector, report: Report, mayBeEmpty = false): void {
  let selects = name !== undefined || mayBeEmpty;
  for (const matcher of matchers) {
    const empty = checkMatcher(matcher, report);
    selects ||= !empty;
    if (name !== undefined && matcher.label?.text === '__name__')
      report(error('name-twice', 'the metric is named before the braces and in them', matcher));
  }
  for (const matcher of repeated(matchers))
    report(warning('matcher-twice', `${shown(matcher.label?.text ?? '')} is matched twice the same`, matcher));
  if (!selects) {
    const help = 'name a metric, or match one label that cannot be empty: `{job="…"}`, `{job=~".+"}`';
    report(error('selects-everything', 'every matcher here also matches what has no such label', span, help));
  }
}

function repeated(matchers: readonly Matcher[]): readonly Matcher[] {
  const seen = new Set<string>();
  return matchers.filter(({ label, operator, value }) => {
    const key = `${label?.text ?? ''} ${operator} ${value.text}`;
    return label !== undefined && (seen.has(key) || !seen.add(key));
  });
}
