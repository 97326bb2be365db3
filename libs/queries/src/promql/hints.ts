import { shown } from '../core/cursor.ts';
import { type QueryFault, warning } from '../core/fault.ts';
import { type Aggregate, type Call, operands, type PromqlTree, type Selector, walk } from './tree.ts';

const OF_COUNTERS: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'resets']);
const OF_GAUGES: ReadonlySet<string> = new Set(['delta', 'idelta', 'deriv', 'predict_linear']);
/** Endings that only a gauge has. */
const GAUGE = /_(?:info|ratio|percent|celsius|timestamp_seconds|timestamp|limit|capacity|inprogress|in_flight)$/;
const QUANTILES: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_fraction']);

/** What runs and does not mean what it seems to: a rate of a gauge, a rate of a sum, a quantile without its buckets. */
export function checkHints(tree: PromqlTree): readonly QueryFault[] {
  const calls = [...walk(tree)].filter((part) => part.kind === 'call');
  return calls.flatMap((call) => [...rateHints(call), ...quantileHints(call)]);
}

function rateHints({ name, ...call }: Call): readonly QueryFault[] {
  const [argument] = call.arguments;
  if (argument === undefined) return [];
  const { text } = name;
  if (OF_COUNTERS.has(text) && argument.kind === 'subquery' && argument.of.kind === 'aggregate') {
    const message = `${shown(text)} of a sum: when one counter starts anew, the sum drops and the rate is wrong`;
    return [warning('rate-of-sum', message, argument, `aggregate the rates: \`sum(${text}(…))\``)];
  }
  const metric = metricOf(argument);
  if (metric === undefined) return [];
  if (OF_COUNTERS.has(text) && GAUGE.test(metric.text))
    return [warning('rate-of-gauge', `${shown(text)} of ${shown(metric.text)}, by its name a gauge`, metric)];
  if (OF_GAUGES.has(text) && /_total$/.test(metric.text)) {
    const help = 'take `increase` or `rate`, which know that a counter starts anew';
    return [
      warning('delta-of-counter', `${shown(text)} of ${shown(metric.text)}, by its name a counter`, metric, help),
    ];
  }
  return [];
}

function metricOf(argument: PromqlTree): Selector['name'] {
  const [inner] = [...walk(argument)].filter((part) => part.kind === 'selector');
  const direct = argument.kind === 'range' || argument.kind === 'offset' || argument.kind === 'at';
  return direct && inner?.name?.variable === false ? inner.name : undefined;
}

/** A classic histogram has its buckets in `le`; the quantile of a sum that drops it is empty. */
function quantileHints({ name, ...call }: Call): readonly QueryFault[] {
  const argument = call.arguments.at(-1);
  if (!QUANTILES.has(name.text) || argument === undefined) return [];
  return aggregates(argument)
    .filter((aggregate) => overBuckets(aggregate) && drops(aggregate, 'le'))
    .map(({ operatorPlace, grouping, operator }) => {
      const message = `${shown(operator)} drops \`le\`, without which ${shown(name.text)} gives nothing`;
      const help = grouping?.by === false ? 'take `le` out of `without`' : `write \`${operator} by (le, …)\``;
      return warning('le-dropped', message, grouping ?? operatorPlace, help);
    });
}

/** The aggregations that what it gives has passed, not those inside an operand of an operator. */
function aggregates(tree: PromqlTree): readonly Aggregate[] {
  if (tree.kind === 'binary') return [];
  const inner = operands(tree).flatMap(aggregates);
  return tree.kind === 'aggregate' ? [tree, ...inner] : inner;
}

function overBuckets(aggregate: Aggregate): boolean {
  return [...walk(aggregate)].some((part) => part.kind === 'selector' && part.name?.text.endsWith('_bucket') === true);
}

function drops({ operator, grouping }: Aggregate, label: string): boolean {
  if (/^(?:topk|bottomk|limitk|limit_ratio)$/.test(operator)) return false;
  if (grouping === undefined) return true;
  if (grouping.labels.some(({ variable }) => variable)) return false;
  return grouping.labels.some(({ text }) => text === label) !== grouping.by;
}
