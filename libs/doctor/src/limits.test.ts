import { expect, test } from 'vitest';
import { readLimits, readTenantLimits } from './limits.ts';

test('durations are seconds in whatever spelling, and what has no amount is left out', () => {
  const text = `overrides:
  main:
    max_global_series_per_user: 150000
    ingestion_rate: 1e+04
    out_of_order_time_window: 1h30m0s
    retention_period: 2w1d
    accept_ha_samples: true
    ha_cluster_label: cluster
    per_stream_rate_limit: 3MB
    blocked_queries: [{ pattern: x }]
`;
  expect(readLimits(text)).toEqual({
    main: {
      max_global_series_per_user: 150_000,
      ingestion_rate: 10_000,
      out_of_order_time_window: 5400,
      retention_period: 15 * 86_400,
      accept_ha_samples: true,
    },
  });
});

test.each([
  ['no YAML', '{{'],
  ['no map', 'ready'],
  ['nothing', ''],
])('%s has no limits', (_, text) => {
  expect(readLimits(text)).toBeUndefined();
  expect(readTenantLimits(text)).toBeUndefined();
});

test('a page of one tenant', () => {
  expect(readTenantLimits('retention_period: 1d\nmax_query_range: 0s\nlog_level_fields: [a]\n')).toEqual({
    retention_period: 86_400,
    max_query_range: 0,
  });
});
