import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturesIn, found } from '../testing/fixtures.ts';
import { checkPromql } from './check.ts';

const fixtures = (kind: string) => fixturesIn(join(import.meta.dirname, 'fixtures', kind));
const errors = (query: string) => checkPromql(query).filter(({ severity }) => severity === 'error');

describe('a query of PromQL', () => {
  it.each(fixtures('valid'))('is taken: $query', ({ query }) => {
    expect(checkPromql(query)).toEqual([]);
  });

  it.each(fixtures('invalid'))('is refused for $name: $query', ({ query, name, span }) => {
    expect(found({ query, name, span }, checkPromql(query))).toMatchObject({ severity: 'error', span });
  });

  it.each(fixtures('misleading'))('is warned of for $name: $query', ({ query, name, span }) => {
    expect(checkPromql(query)).toMatchObject([{ id: name, severity: 'warning', span }]);
  });

  it.each([
    'rate(up[$__rate_interval])',
    'rate(up[${window}])',
    'rate(up[${minutes}m:$step])',
    'rate(up[[[window]]])',
    'sum by ($label, job) (up{$filters, job=~"$job", $label="x"})',
    'topk($n, ${metric}_total{job="${job:regex}"}) > $threshold',
    '$aggregation(rate(up[5m]))',
    'sum(rate(calls_total{$$__tags}[$$__rate_interval]))',
    'up offset $ago',
    '$query',
    '{job=~"$job"}',
  ])('is taken with the variables of Grafana: %s', (query) => {
    expect(checkPromql(query, { variables: true })).toEqual([]);
    expect(errors(query)[0]?.id ?? 'taken').toMatch(/^(query-syntax|taken)$/);
  });

  it('keeps its places beside a variable', () => {
    const [fault] = checkPromql('rate(up[${window:text}]) + foo(up)', { variables: true });
    expect(fault).toMatchObject({ id: 'unknown-function', span: { start: 27, end: 30 } });
  });

  it('may use experimental functions where they are enabled', () => {
    expect(checkPromql('limitk(3, mad_over_time(up[5m]))', { experimental: true })).toEqual([]);
    expect(checkPromql('info(up, {k8s_pod=~".*"})', { experimental: true })).toEqual([]);
    expect(checkPromql('info(up, up)', { experimental: true })).toMatchObject([{ id: 'type-mismatch' }]);
  });

  it('says what was meant', () => {
    expect(checkPromql('histogram_quantil(0.9, up)')[0]?.help).toBe('did you mean `histogram_quantile`?');
    expect(checkPromql('rate(up)')[0]?.help).toBe('give it a range: `[5m]`');
  });
});
