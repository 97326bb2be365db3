import { formatDuration } from '@lgtm-fleet/units';
import type { Span } from '@lgtm-fleet/diagnostics';
import { shown } from '../core/cursor.ts';
import { error, type ParseOptions, type QueryFault } from '../core/fault.ts';
import { parsePromql } from '../promql/parse.ts';
import { type PromqlTree, type Range, type Subquery, walk } from '../promql/tree.ts';

/** A range that a function looks back over. */
export interface RateWindow {
  /** The function around it, `rate`; absent where there is none. */
  readonly function: string | undefined;
  /** Absent where Grafana fills it in: `$__rate_interval` is long enough by its making. */
  readonly milliseconds: number | undefined;
  /** Of a subquery with a step of its own. */
  readonly stepMilliseconds: number | undefined;
  readonly place: Span;
}

/** Every range of a query of PromQL, in its order; none where it cannot be read. */
export function rateWindows(text: string, options: ParseOptions = {}): readonly RateWindow[] {
  const { tree } = parsePromql(text, options);
  if (tree === undefined) return [];
  const around = new Map<PromqlTree, string>();
  for (const part of walk(tree)) {
    const given = around.get(part);
    if (part.kind === 'call') for (const argument of part.arguments) around.set(argument, part.name.text);
    else if (isModifier(part) && given !== undefined) around.set(part.of, given);
  }
  return [...walk(tree)].flatMap((part) =>
    part.kind === 'range' || part.kind === 'subquery' ? [windowOf(part, around.get(part))] : [],
  );
}

function isModifier(part: PromqlTree): part is Extract<PromqlTree, { kind: 'offset' | 'at' | 'paren' }> {
  return part.kind === 'offset' || part.kind === 'at' || part.kind === 'paren';
}

function windowOf(part: Range | Subquery, called: string | undefined): RateWindow {
  const { milliseconds, start, end } = part.range;
  const stepMilliseconds = part.kind === 'subquery' ? part.step?.milliseconds : undefined;
  return { function: called, milliseconds, stepMilliseconds, place: { start, end } };
}

/** Functions that need at least two samples, and four intervals to have them through one failed scrape. */
const NEED_SAMPLES: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv']);

/** Windows shorter than four scrape intervals, in milliseconds. */
export function checkRateWindows(text: string, interval: number, options: ParseOptions = {}): readonly QueryFault[] {
  return rateWindows(text, options).flatMap((window) => {
    const { milliseconds, stepMilliseconds = 0, place } = window;
    const least = 4 * Math.max(interval, stepMilliseconds);
    if (milliseconds === undefined || milliseconds >= least || !NEED_SAMPLES.has(window.function ?? '')) return [];
    const range = shown(text.slice(place.start, place.end));
    const message = `${shown(window.function ?? '')} over ${range} is shorter than four scrape intervals`;
    const help = `take at least ${formatDuration(least / 1000)}, so that a failed scrape leaves no hole`;
    return [error('window-too-short', message, place, help)];
  });
}
