import { countSeverities } from '@lgtm-fleet/diagnostics';
import type { Finding, Severity } from '@lgtm-fleet/lint';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** By file, position, rule, message: the order to read them in. Findings about a whole file come first. */
export function byPlace(left: Finding, right: Finding): number {
  return (
    compare(left.file, right.file) ||
    (left.span?.start ?? -1) - (right.span?.start ?? -1) ||
    (left.span?.end ?? -1) - (right.span?.end ?? -1) ||
    compare(left.rule, right.rule) ||
    compare(left.message, right.message) ||
    compare(left.object ?? '', right.object ?? '') ||
    compare(left.clusters.join(), right.clusters.join())
  );
}

/** Errors first; of equals, what more clusters have. For formats that may have to cut. */
export function byWorst(left: Finding, right: Finding): number {
  return (
    RANK[left.severity] - RANK[right.severity] || right.clusters.length - left.clusters.length || byPlace(left, right)
  );
}

export function clustersOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ clusters }) => clusters))].toSorted(compare);
}

/** How many `--fix` would mend: the safe ones. */
export function fixable(findings: readonly Finding[]): number {
  return findings.filter(({ fix }) => fix?.safe === true && fix.edits.length > 0).length;
}

/** `3 errors, 1 warning in 2 clusters`. */
export function countFindings(findings: readonly Finding[]): string {
  const clusters = clustersOf(findings).length;
  return countSeverities(findings) + (clusters === 0 ? '' : ` in ${plural(clusters, 'cluster')}`);
}

/** What is said when there is nothing to say. */
export function noFindings(rules: number): string {
  return `no findings (${plural(rules, 'rule')} checked)`;
}

export function plural(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** By code units: the same on every machine. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
