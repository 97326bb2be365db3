import { describe, expect, it } from 'vitest';
import { type Catalogue, checkCollected } from './check.ts';
import { labelsUsed, metricsUsed } from './uses.ts';
import { checkRateWindows, rateWindows } from './windows.ts';

const catalogue: Catalogue = {
  metrics: new Set(['lines_total', 'build_info', 'latency_bucket', 'free']),
  recorded: new Set(['job:lines:rate5m']),
  labels: new Map([
    ['lines_total', new Set(['tenant', 'level'])],
    ['build_info', new Set(['version'])],
    ['latency_bucket', new Set(['le', 'route'])],
  ]),
  everywhere: new Set(['cluster', 'job']),
};
const found = (query: string) =>
  checkCollected(query, catalogue).map(({ id, span, help }) => [id, query.slice(span.start, span.end), help]);

describe('what a query uses', () => {
  it('is its metrics with their matchers', () => {
    const query =
      'sum(rate(lines_total{level="error", tenant!~"a|b"}[5m])) / on (job) {__name__="free"} > {__name__=~"x.*"}';
    expect(metricsUsed(query).map(({ name, place }) => [name, query.slice(place.start, place.end)])).toEqual([
      ['lines_total', 'lines_total'],
      ['free', '"free"'],
      [undefined, '{__name__=~"x.*"}'],
    ]);
    expect(metricsUsed(query)[0]?.matchers).toMatchObject([
      { label: 'level', operator: '=', value: 'error' },
      { label: 'tenant', operator: '!~', value: 'a|b' },
    ]);
    expect(metricsUsed('${name}_total + $x', { variables: true }).map(({ name }) => name)).toEqual([undefined]);
    expect(metricsUsed('rate(')).toEqual([]);
  });

  it('is its labels, but for those it makes', () => {
    const query = 'sum by (node, level) (label_replace(lines_total{tenant="a"}, "node", "$1", "pod", "(.*)"))';
    expect(labelsUsed(query).map(({ label, metrics }) => [label, metrics])).toEqual([
      ['level', ['lines_total']],
      ['tenant', ['lines_total']],
    ]);
  });
});

describe('what is collected', () => {
  it.each([
    'sum by (tenant, cluster) (rate(lines_total{level="error"}[5m]))',
    'lines_total * on (job) group_left (version) build_info',
    'histogram_quantile(0.9, sum by (le) (rate(latency_bucket[5m])))',
    'job:lines:rate5m{anything="a"}',
    'free{anything="a"}',
    'up == 0 and ALERTS{alertname="A"}',
    '{job="a", whatever="b"}',
    '{__name__=~"unknown.*"}',
    'rate(',
  ])('covers %s', (query) => {
    expect(found(query)).toEqual([]);
  });

  it.each([
    ['rate(line_total[5m])', 'unknown-metric', 'line_total', 'did you mean `lines_total`?'],
    ['something_else', 'unknown-metric', 'something_else', undefined],
    ['{__name__="line_total"}', 'unknown-metric', '"line_total"', 'did you mean `lines_total`?'],
    ['lines_total{tennant="a"}', 'unknown-label', 'tennant="a"', 'did you mean `tenant`?'],
    ['sum by (versions) (build_info)', 'unknown-label', 'versions', 'did you mean `version`?'],
    ['build_info * on (tenant) build_info', 'unknown-label', 'tenant', undefined],
  ])('does not cover %s', (query, id, place, help) => {
    expect(found(query)).toEqual([[id, place, help]]);
  });
});

describe('the windows of a query', () => {
  it('are its ranges with the functions around them', () => {
    const query = 'rate(a[5m] offset 1h) + max_over_time(rate(b[$w])[1h:2m])';
    expect(rateWindows(query, { variables: true })).toMatchObject([
      { function: 'rate', milliseconds: 300_000 },
      { function: 'max_over_time', milliseconds: 3_600_000, stepMilliseconds: 120_000 },
      { function: 'rate', milliseconds: undefined },
    ]);
  });

  it.each([
    ['rate(a[3m])', '3m', '4m'],
    ['increase(a[239s])', '239s', '4m'],
    ['sum(irate(a[1m] @ 5))', '1m', '4m'],
    ['rate(a[10m:5m])', '10m', '20m'],
  ])('are too short in %s', (query, place, least) => {
    const [fault] = checkRateWindows(query, 60_000);
    expect(fault).toMatchObject({ id: 'window-too-short' });
    expect(query.slice(fault!.span.start, fault!.span.end)).toBe(place);
    expect(fault!.help).toContain(`at least ${least},`);
  });

  it.each(['rate(a[4m])', 'rate(a[240])', 'max_over_time(a[1m])', 'rate(a[$w])', 'a[1m]', 'rate('])(
    'are long enough in %s',
    (query) => {
      expect(checkRateWindows(query, 60_000, { variables: true })).toEqual([]);
    },
  );
});
