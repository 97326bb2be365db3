import fc from 'fast-check';
import { pick, several, text } from './text-arbitrary.ts';

const metric = pick('up', 'requests_total', 'x_bucket', 'job:up:sum', 'sum', 'rate', 'start', 'by');
const label = pick('job', 'le', 'on', 'by', '__name__', 'sum', '"k8s.pod"');
const regex = pick(
  '.*',
  '.+',
  'a|b',
  '',
  '(',
  'a{2,1}',
  '[a-',
  '(?i)x',
  '^$',
  '\\\\d+',
  'a??',
  '(|x)',
  '(?:)',
  '\\\\bx',
);
const value = fc.oneof(pick('""', '"a"', "'b'", '`c\\d`', '"\\d"', '"\\u00e9"'), text('"', regex, '"'));
const matcher = text(label, pick('=', '!=', '=~', '!~'), value);
const labels = text('(', several(label), pick(')', ')', ',)'));
const duration = pick('5m', '1h30m', '300', '0s', '1.5', '1y2w3d4h5m6s7ms', '5m1h', '0.0001', '1e3');
const number = pick('1', '0.5', '1e3', '0x1F', 'Inf', 'nan', '5m', '1_000', '08', '.5', '5.', '1e', '1__0', '1_');
const grouping = text(pick('by', 'without'), labels);
const modifier = fc.oneof(
  text(' offset ', pick('', '-', '+'), duration),
  text(' @ ', pick('1700000000', '-1.5', 'start()', 'end()', 'now()')),
  text('[', duration, ']'),
  text('[', duration, ':', pick('', '1m', '0'), ']'),
);
const operator = pick('+', '-', '*', '/', '%', '^', 'atan2', '==', '!=', '<', '>=', '>', 'and', 'or', 'unless', 'AND');
const matching = fc.oneof(
  fc.constant(''),
  fc.constant('bool '),
  text(pick('', 'bool '), pick('on', 'ignoring'), labels, ' '),
  text(
    pick('on', 'ignoring'),
    labels,
    ' ',
    pick('group_left', 'group_right'),
    ' ',
    fc.oneof(labels, fc.constant('')),
    ' ',
  ),
);
const called = pick(
  ...[
    'rate',
    'abs',
    'absent',
    'time',
    'vector',
    'scalar',
    'round',
    'clamp',
    'hour',
    'histogram_quantile',
    'label_join',
  ],
  ...['quantile_over_time', 'max_over_time', 'predict_linear', 'timestamp', 'pi', 'foo', 'mad_over_time', 'Rate'],
);
const aggregation = pick('sum', 'topk', 'quantile', 'count_values', 'COUNT', 'group', 'limitk');

/** Queries of PromQL, many of them wrong in one place or another. */
export const { query: promqlQuery } = fc.letrec<{ query: string }>((tie) => {
  const inner = tie('query');
  const leaf = fc.oneof(
    { weight: 4, arbitrary: metric },
    { weight: 2, arbitrary: text(metric, '{', several(matcher), '}') },
    text('{', several(matcher, 1), '}'),
    number,
    value,
  );
  return {
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: leaf },
      { weight: 4, arbitrary: text(leaf, modifier) },
      { weight: 2, arbitrary: text(inner, modifier) },
      { weight: 4, arbitrary: text(called, '(', several(inner), ')') },
      { weight: 4, arbitrary: text(aggregation, fc.oneof(fc.constant(''), grouping), '(', several(inner, 1), ')') },
      { weight: 1, arbitrary: text('sum(', inner, ') ', grouping) },
      { weight: 4, arbitrary: text(inner, ' ', operator, ' ', matching, inner) },
      { weight: 2, arbitrary: text(pick('-', '+'), inner) },
      { weight: 2, arbitrary: text('(', inner, ')') },
      { weight: 3, arbitrary: text('rate(', metric, '[', duration, '])') },
    ),
  };
});
