import { PRECEDENCE } from '../core/precedence.ts';

/** Words with a meaning of their own in PromQL, in small letters; they are read in any. */
export const AGGREGATIONS: Readonly<Record<string, { parameter?: 'scalar' | 'string'; experimental?: true }>> = {
  sum: {},
  avg: {},
  count: {},
  min: {},
  max: {},
  group: {},
  stddev: {},
  stdvar: {},
  topk: { parameter: 'scalar' },
  bottomk: { parameter: 'scalar' },
  quantile: { parameter: 'scalar' },
  count_values: { parameter: 'string' },
  limitk: { parameter: 'scalar', experimental: true },
  limit_ratio: { parameter: 'scalar', experimental: true },
};

/** How strongly an operator binds. */
export const PROMQL_PRECEDENCE: Readonly<Record<string, number>> = { ...PRECEDENCE, '</': 3, '>/': 3, atan2: 5 };

/** A sign binds as a product does: `-a^2` is `-(a^2)`. */
export const SIGN = 5;

export const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
export const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** Words that can name no metric, for they end or join operands. */
export const RESERVED: ReadonlySet<string> = new Set(['bool', 'on', 'ignoring', 'group_left', 'group_right', 'atan2']);
