import fc from 'fast-check';
import { pick, several, text } from './text-arbitrary.ts';

const label = pick('app', 'level', 'took', 'rate', 'sum', 'by', 'json');
const regex = pick('.*', '.+', 'a|b', '', '(', '[a-', '(?i)x', '^$', '\\\\d+');
const value = fc.oneof(pick('""', '"a"', '`c\\d`', '"\\d"', "'b'"), text('"', regex, '"'));
const matcher = text(label, pick('=', '!=', '=~', '!~'), value);
const selector = fc.oneof(
  { weight: 4, arbitrary: pick('{app="a"}', '{app="a", pod=~"b.*"}') },
  text('{', several(matcher), '}'),
);
const filter = fc.oneof(
  matcher,
  text(
    label,
    pick('=', '!=', '==', '>', '>=', '<', '<='),
    pick('5', '1.5', '5s', '1h30m', '1.5h', '5KB', '5KiB', '-5', '5x'),
  ),
  text(label, pick('=', '!=', '>'), ' ip("10.0.0.0/8")'),
);
const stage = fc.oneof(
  text(pick('|=', '!=', '|~', '!~', '|>', '!>'), ' ', pick('"a"', '`b`', '"a" or "b"', 'ip("10.0.0.1")', 'a')),
  text(
    '| ',
    pick('json', 'logfmt', 'unpack', 'decolorize', 'json a="b", c', 'logfmt --strict a', 'jsn', 'json | drop a, b="c"'),
  ),
  text('| ', filter, fc.oneof(fc.constant(''), text(pick(' and ', ' or ', ', ', ' '), filter))),
  text(
    '| ',
    pick('pattern', 'regexp'),
    ' ',
    pick('"<a> <b>"', '"<_>"', '"(?P<a>x)"', '"<a><b>"', '"(x"', '"(?P<a>x)(?P<a>y)"'),
  ),
  text(
    '| ',
    pick('line_format "{{.a}}"', 'label_format a=b, c="d"', 'keep a, b', 'label_format a', 'drop', 'keep a=~"("'),
  ),
);
const pipeline = text(
  selector,
  fc.array(stage, { maxLength: 3 }).map((all) => all.map((part) => ` ${part}`).join('')),
);
const unwrap = pick(
  '',
  '',
  ' | unwrap took',
  ' | unwrap duration(took)',
  ' | unwrap took | __error__=""',
  ' | unwrap x(took)',
);
const range = pick('[5m]', '[5m]', '[1h30m]', '[5]', '[1.5h]', '[0s]', '', '[1d] offset 1h', '[5m] offset -1m');
const over = fc.oneof(
  text(pipeline, unwrap, range),
  text('(', pipeline, unwrap, ')', range),
  text(pipeline, range, unwrap),
);
const grouping = pick('', '', 'by (app)', 'without (app, pod)', 'by ()', 'by (a,)');
const lines = pick('rate', 'count_over_time', 'bytes_rate', 'bytes_over_time', 'absent_over_time');
const values = pick('sum_over_time', 'avg_over_time', 'rate_counter', 'last_over_time', 'max_over_time', 'foo');
const operator = pick(
  '+',
  '-',
  '/',
  '^',
  '==',
  '>',
  '> bool',
  'and',
  'or',
  'unless',
  '* on (app) group_left',
  '+ ignoring (x)',
);

/** Queries of LogQL, many of them wrong in one place or another. */
export const { query: logqlQuery } = fc.letrec<{ query: string }>((tie) => {
  const inner = tie('query');
  return {
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 1, arbitrary: pipeline },
      {
        weight: 6,
        arbitrary: text(lines, '(', over, ')', fc.oneof({ weight: 5, arbitrary: fc.constant('') }, grouping)),
      },
      { weight: 3, arbitrary: text(values, '(', over, ') ', grouping) },
      { weight: 2, arbitrary: text('quantile_over_time(', pick('0.9, ', '', '1, '), over, ') ', grouping) },
      { weight: 1, arbitrary: pick('1', '-1.5', 'vector(1)', '5m', 'x') },
      { weight: 4, arbitrary: text(pick('sum', 'avg', 'sort'), ' ', grouping, '(', inner, ')') },
      {
        weight: 2,
        arbitrary: text(
          pick('topk', 'approx_topk', 'max'),
          '(',
          pick('5, ', '0, ', '', '1.5, '),
          inner,
          ') ',
          grouping,
        ),
      },
      { weight: 3, arbitrary: text(inner, ' ', operator, ' ', inner) },
      { weight: 1, arbitrary: text('(', inner, ')') },
      { weight: 1, arbitrary: text('label_replace(', inner, ', "a", "b", "c", "', regex, '")') },
    ),
  };
});
