import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturesIn, found } from '../testing/fixtures.ts';
import { checkLogql } from './check.ts';

const fixtures = (kind: string) => fixturesIn(join(import.meta.dirname, 'fixtures', kind));

describe('a query of LogQL', () => {
  it.each(fixtures('valid'))('is taken: $query', ({ query }) => {
    expect(checkLogql(query)).toEqual([]);
  });

  it.each(fixtures('invalid'))('is refused for $name: $query', (fixture) => {
    expect(found(fixture, checkLogql(fixture.query))).toMatchObject({ severity: 'error', span: fixture.span });
  });

  it.each([
    '{app=~"$app", $filters} |= "$search" | json | $filter',
    'sum by ($group) (rate({app="a"} |~ `${search:regex}` [$__auto]))',
    'topk($n, sum(rate({$stream}[${minutes}m])))',
    '{app="a"} |= $search',
    '$query',
  ])('is taken with the variables of Grafana: %s', (query) => {
    expect(checkLogql(query, { variables: true })).toEqual([]);
    expect(checkLogql('rate({app="a"}[$__auto])')).toMatchObject([{ id: 'query-syntax' }]);
  });

  it('may have to give numbers, or lines', () => {
    expect(checkLogql('{app="a"} | json', { expects: 'metric' })).toMatchObject([{ id: 'type-mismatch' }]);
    expect(checkLogql('rate({app="a"}[5m])', { expects: 'metric' })).toEqual([]);
    expect(checkLogql('rate({app="a"}[5m])', { expects: 'log' })).toMatchObject([{ id: 'type-mismatch' }]);
  });
});
