import { expect, test } from 'vitest';
import { limitsInForce, readLimits, readTenantLimits, readUsualLimits } from './limits.ts';

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

test('what Mimir shows where nothing is as usual, and where all is', () => {
  // Mimir names some keys of every tenant in its file, whatever they are.
  const text = `overrides:
    main:
        max_global_series_per_user: 150000
        name_validation_scheme: ""
        otel_metric_suffixes_enabled: null
    usual:
        name_validation_scheme: ""
`;
  expect(readLimits(text)).toEqual({ main: { max_global_series_per_user: 150_000 }, usual: {} });
  expect(readLimits('{}\n')).toEqual({});
});

test('limits of whoever has none of its own are a part of the configuration', () => {
  expect(readUsualLimits('target: all\nlimits:\n    request_rate: 0\n    out_of_order_time_window: 30m\n')).toEqual({
    request_rate: 0,
    out_of_order_time_window: 1800,
  });
  expect(readUsualLimits('target: all\n')).toBeUndefined();
});

test('what is not shown is as usual', () => {
  const wanted = { main: { rate: 5, window: 1800 }, lost: { rate: 7 } };
  const usual = { rate: 10, window: 1800, other: 1 };
  expect(limitsInForce({ main: { rate: 5 } }, usual, wanted)).toEqual({
    main: { rate: 5, window: 1800 },
    lost: { rate: 10 },
  });
  expect(limitsInForce({ main: { rate: 6 }, more: { rate: 1 } }, undefined, wanted)).toEqual({
    main: { rate: 6 },
    more: { rate: 1 },
    lost: {},
  });
});

test('limits of five hundred tenants are read', () => {
  const tenant = (index: number): string =>
    `    tenant-${String(index)}:\n${Array.from({ length: 12 }, (_, key) => `        limit_${String(key)}: ${String(index)}\n`).join('')}`;
  const read = readLimits(`overrides:\n${Array.from({ length: 500 }, (_, index) => tenant(index)).join('')}`);
  expect(Object.keys(read ?? {})).toHaveLength(500);
  expect(read?.['tenant-499']?.['limit_11']).toBe(499);
});
