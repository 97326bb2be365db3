/** What a range aggregation takes: the lines themselves, the values of `unwrap`, or either. */
interface RangeOperator {
  readonly takes: 'lines' | 'values' | 'either';
  readonly grouping: boolean;
}

/** Every range aggregation of Loki 3.7, from its documentation. */
export const RANGE_AGGREGATIONS: Readonly<Record<string, RangeOperator>> = {
  count_over_time: { takes: 'lines', grouping: false },
  rate: { takes: 'either', grouping: false },
  rate_counter: { takes: 'values', grouping: false },
  bytes_over_time: { takes: 'lines', grouping: false },
  bytes_rate: { takes: 'lines', grouping: false },
  avg_over_time: { takes: 'values', grouping: true },
  sum_over_time: { takes: 'values', grouping: false },
  min_over_time: { takes: 'values', grouping: true },
  max_over_time: { takes: 'values', grouping: true },
  stddev_over_time: { takes: 'values', grouping: true },
  stdvar_over_time: { takes: 'values', grouping: true },
  quantile_over_time: { takes: 'values', grouping: true },
  first_over_time: { takes: 'values', grouping: true },
  last_over_time: { takes: 'values', grouping: true },
  absent_over_time: { takes: 'either', grouping: false },
};

/** Aggregations of series, and whether they take a number of series. */
export const VECTOR_AGGREGATIONS: Readonly<Record<string, { readonly parameter?: true }>> = {
  sum: {},
  avg: {},
  count: {},
  max: {},
  min: {},
  stddev: {},
  stdvar: {},
  sort: {},
  sort_desc: {},
  topk: { parameter: true },
  bottomk: { parameter: true },
  approx_topk: { parameter: true },
};

export const CONVERSIONS: readonly string[] = ['bytes', 'duration', 'duration_seconds'];

/** Words that can name no label. */
export const LOGQL_RESERVED: ReadonlySet<string> = new Set(
  `by without bool unwrap offset on ignoring group_left group_right or and unless json regexp logfmt unpack pattern
  label_format line_format decolorize drop keep label_replace ip`.split(/\s+/),
);
