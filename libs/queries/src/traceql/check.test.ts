import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturesIn, found } from '../testing/fixtures.ts';
import { checkTraceql } from './check.ts';

const fixtures = (kind: string) => fixturesIn(join(import.meta.dirname, 'fixtures', kind));

describe('a query of TraceQL', () => {
  it.each(fixtures('valid'))('is taken: $query', ({ query }) => {
    expect(checkTraceql(query)).toEqual([]);
  });

  it.each(fixtures('invalid'))('is refused for $name: $query', (fixture) => {
    expect(found(fixture, checkTraceql(fixture.query))).toMatchObject({ severity: 'error', span: fixture.span });
  });

  it.each(fixtures('misleading'))('is warned of for $name: $query', ({ query, name, span }) => {
    expect(checkTraceql(query)).toMatchObject([{ id: name, severity: 'warning', span }]);
  });

  it.each([
    '{ resource.service.name = "$service" && duration > $least }',
    '{ $filters } | rate() by ($group)',
    '{ span.${attribute} = 5 && name =~ "${names:regex}" }',
    '{} | quantile_over_time(duration, $quantile) | topk($n)',
    '$query',
  ])('is taken with the variables of Grafana: %s', (query) => {
    expect(checkTraceql(query, { variables: true })).toEqual([]);
  });
});
