import { entriesOf, itemsOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { CheckReading } from './check.ts';

/** What Prometheus' format puts behind the name of a counter, a histogram or a summary, which Datadog leaves out. */
const PARTS = '(?:_total|_bucket|_sum|_count)?';

/** Names of metrics that are kept: of the newer check they are expressions, of the older one they may have stars. */
export function metricNames(
  list: SourceNode | undefined,
  isExpression: boolean,
  { ledger, to }: CheckReading,
): readonly string[] {
  const patternOf = (name: string): string => {
    const pattern = isExpression ? name.replace(/^\^|\$$/g, '') : wildcard(name);
    return /[*+]$/.test(pattern) ? pattern : `${pattern.includes('|') ? `(?:${pattern})` : pattern}${PARTS}`;
  };
  return (list?.kind === 'scalar' ? [list] : itemsOf(list)).flatMap((item): readonly string[] => {
    const text = textOf(item);
    if (text !== undefined) {
      ledger.carried(item, `${to}.keep`);
      return [patternOf(text)];
    }
    return entriesOf(item).map(([name, node]) => {
      ledger.changed(node, `${to}.keep`, 'the metric is kept under its own name, and as what its target says it is');
      return patternOf(name);
    });
  });
}

/** A star is anything; all else is itself. */
export function wildcard(name: string): string {
  return name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
}
