/** What a value of TraceQL is. `attribute` is one whose type only its spans know, `any` one that only Grafana knows. */
export type TraceqlType =
  'attribute' | 'int' | 'float' | 'string' | 'boolean' | 'duration' | 'status' | 'kind' | 'nil' | 'any';

/** Every intrinsic of Tempo 3, from its documentation. */
export const INTRINSICS: Readonly<Record<string, TraceqlType>> = {
  duration: 'duration',
  name: 'string',
  status: 'status',
  statusMessage: 'string',
  kind: 'kind',
  rootName: 'string',
  rootServiceName: 'string',
  traceDuration: 'duration',
  nestedSetLeft: 'int',
  nestedSetRight: 'int',
  nestedSetParent: 'int',
  'trace:duration': 'duration',
  'trace:rootName': 'string',
  'trace:rootService': 'string',
  'trace:id': 'string',
  'span:duration': 'duration',
  'span:name': 'string',
  'span:kind': 'kind',
  'span:status': 'status',
  'span:statusMessage': 'string',
  'span:id': 'string',
  'span:parentID': 'string',
  'span:childCount': 'int',
  'event:name': 'string',
  'event:timeSinceStart': 'duration',
  'link:traceID': 'string',
  'link:spanID': 'string',
  'instrumentation:name': 'string',
  'instrumentation:version': 'string',
};

/** Words that are values. */
export const VALUES: Readonly<Record<string, TraceqlType>> = {
  true: 'boolean',
  false: 'boolean',
  nil: 'nil',
  ok: 'status',
  error: 'status',
  unset: 'status',
  unspecified: 'kind',
  internal: 'kind',
  server: 'kind',
  client: 'kind',
  producer: 'kind',
  consumer: 'kind',
  minInt: 'int',
  maxInt: 'int',
};

export const AGGREGATES: readonly string[] = ['count', 'avg', 'max', 'min', 'sum'];

/** First steps of a metrics query, and whether they measure an attribute. */
export const METRICS: Readonly<Record<string, 'nothing' | 'attribute' | 'quantiles' | 'filter'>> = {
  rate: 'nothing',
  count_over_time: 'nothing',
  min_over_time: 'attribute',
  max_over_time: 'attribute',
  avg_over_time: 'attribute',
  sum_over_time: 'attribute',
  histogram_over_time: 'attribute',
  quantile_over_time: 'quantiles',
  compare: 'filter',
};

/** Operators between spans, or between numbers, from the weakest. */
export const SPANSET_PRECEDENCE: Readonly<Record<string, number>> = {
  '&&': 1,
  '||': 1,
  ...Object.fromEntries(
    '= != < <= > >= !~ >> << ~ !> !< !>> !<< &> &< &>> &<< &~'.split(' ').map((operator) => [operator, 2]),
  ),
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '%': 4,
  '^': 5,
};

/** Operators in `{…}`, from the weakest. */
export const FIELD_PRECEDENCE: Readonly<Record<string, number>> = {
  '&&': 1,
  '||': 1,
  ...Object.fromEntries('= != < <= > >= =~ !~'.split(' ').map((operator) => [operator, 2])),
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '%': 4,
  '^': 5,
};
