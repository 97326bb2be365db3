import { expect, test } from 'vitest';
import { parseValue } from '../testing.ts';
import { paceOf } from './pace.ts';

const service = { namespace: 'AWS/RDS', metrics: [{ name: 'CPUUtilization', statistics: ['Average'] }] };
const cloudwatch = (...periods: readonly string[]) => ({
  cloudwatch: { region: 'eu-west-1', services: periods.map((period) => ({ ...service, period })) },
});
const gcp = { gcp: { projects: ['shop-1'], metricPrefixes: ['pubsub.googleapis.com/topic'] } };
const fixed = { static: { targets: ['192.0.2.7:9100'] } };

test.each([
  ['what is scraped: as everything is', fixed, { interval: 15, timeout: 10 }],
  ['what is scraped more often than it may take', { ...fixed, interval: '5s' }, { interval: 5, timeout: 5 }],
  ['Google: as its values come', gcp, { interval: 60, timeout: 60 }],
  ['CloudWatch: as its shortest values come', cloudwatch('5m', '1m'), { interval: 60, timeout: 60 }],
  ['CloudWatch: before queries lose sight of a value', cloudwatch('1d'), { interval: 240, timeout: 60 }],
  ['a cloud: as somebody says', { ...gcp, interval: '30s', timeout: '20s' }, { interval: 30, timeout: 20 }],
])('the pace of %s', (_, kind, expected) => {
  const cluster = parseValue({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'any' },
    spec: { ingest: { sources: [{ name: 'one', series: 10, ...kind }] } },
  });
  const [source] = cluster.spec.ingest.sources;
  expect(source && paceOf(source, 15)).toEqual(expected);
});
