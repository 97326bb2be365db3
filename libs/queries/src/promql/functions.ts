/** What a part of a query of PromQL gives. `any` is what only Grafana knows. */
export type PromqlType = 'scalar' | 'vector' | 'range' | 'string' | 'any';

export interface Signature {
  /** Types of the arguments; the last one repeats where there may be more. */
  readonly arguments: readonly PromqlType[];
  readonly least: number;
  readonly most: number;
  readonly returns: PromqlType;
  /** Prometheus knows it only with the feature flag `promql-experimental-functions`. */
  readonly experimental: boolean;
}

interface Row {
  readonly names: string;
  readonly takes?: readonly PromqlType[];
  readonly least?: number;
  readonly most?: number;
  readonly returns?: PromqlType;
  readonly experimental?: true;
}

/** Every function of Prometheus 3.15, from its documentation. */
const ROWS: readonly Row[] = [
  {
    names: `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count
      histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh
      timestamp`,
    takes: ['vector'],
  },
  {
    names: `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
      last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time
      sum_over_time`,
    takes: ['range'],
  },
  { names: 'day_of_month day_of_week day_of_year days_in_month hour minute month year', takes: ['vector'], least: 0 },
  { names: 'clamp_max clamp_min', takes: ['vector', 'scalar'] },
  { names: 'clamp', takes: ['vector', 'scalar', 'scalar'] },
  { names: 'round', takes: ['vector', 'scalar'], least: 1 },
  { names: 'pi time', returns: 'scalar' },
  { names: 'scalar', takes: ['vector'], returns: 'scalar' },
  { names: 'vector', takes: ['scalar'] },
  { names: 'histogram_quantile', takes: ['scalar', 'vector'] },
  { names: 'histogram_fraction', takes: ['scalar', 'scalar', 'vector'] },
  { names: 'label_replace', takes: ['vector', 'string', 'string', 'string', 'string'] },
  { names: 'label_join', takes: ['vector', 'string', 'string', 'string'], least: 3, most: Number.POSITIVE_INFINITY },
  { names: 'predict_linear', takes: ['range', 'scalar'] },
  { names: 'quantile_over_time', takes: ['scalar', 'range'] },
  {
    names: 'mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
    takes: ['range'],
    experimental: true,
  },
  { names: 'end range start step', returns: 'scalar', experimental: true },
  { names: 'max_of min_of', takes: ['scalar', 'scalar'], returns: 'scalar', experimental: true },
  {
    names: 'sort_by_label sort_by_label_desc',
    takes: ['vector', 'string'],
    least: 1,
    most: Number.POSITIVE_INFINITY,
    experimental: true,
  },
  {
    names: 'histogram_quantiles',
    takes: ['vector', 'string', 'scalar', 'scalar'],
    least: 3,
    most: 12,
    experimental: true,
  },
  { names: 'double_exponential_smoothing', takes: ['range', 'scalar', 'scalar'], experimental: true },
  { names: 'info', takes: ['vector', 'vector'], least: 1, experimental: true },
  { names: 'start_timestamp', takes: ['vector'], experimental: true },
];

export const promqlFunctions: ReadonlyMap<string, Signature> = new Map(
  ROWS.flatMap(({ names, takes = [], least = takes.length, most = takes.length, returns = 'vector', experimental }) =>
    names
      .split(/\s+/)
      .map((name) => [name, { arguments: takes, least, most, returns, experimental: experimental === true }] as const),
  ),
);
