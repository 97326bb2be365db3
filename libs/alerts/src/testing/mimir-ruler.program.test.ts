import { stackTenant } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it } from 'vitest';
import { ruleFiles } from '../rule-files.ts';
import { firesOn, mimir } from './mimir-ruler.ts';
import type { Series } from './remote-write.ts';

const MINUTES = 20;

/** A series of the last minutes, one sample a minute: a counter that grows by so much, or a gauge that stays. */
function series(name: string, job: string, labels: Readonly<Record<string, string>>, value: number, grows = 0): Series {
  const now = Date.now();
  return {
    labels: { __name__: name, cluster: 'prod-eu', job, pod: 'pod-0', ...labels },
    samples: Array.from({ length: MINUTES }, (_, minute) => [
      now - (MINUTES - 1 - minute) * 60_000,
      value + grows * minute,
    ]),
  };
}

const requests = (status: string, grows: number): Series =>
  series(
    'cortex_request_duration_seconds_count',
    'observability/mimir-distributor',
    { route: 'api_v1_push', status_code: status },
    0,
    grows,
  );
const hours = (count: number): number => Date.now() / 1000 - count * 3600;

it.skipIf(mimir === undefined)(
  `the ruler of Mimir takes every group of prod-eu, and tells what fires, at once${unlessFound('mimir', mimir)}`,
  async () => {
    const plan = examplePlan('prod-eu');
    const files = ruleFiles(plan).filter(
      ({ evaluator, tenant }) => evaluator === 'metrics' && tenant === stackTenant(plan),
    );
    const fires = [
      'KafkaBrokerDown',
      'LokiFlushesFailing',
      'LokiRingUnhealthy',
      'MimirBucketIndexOld',
      'MimirRulesFailing',
      'MimirWritesBudgetBurning',
      'MimirWritesFailing',
      'TempoBlockBuilderLag',
      'TempoSpansDiscarded',
    ];
    const ingester = 'observability/loki-ingester';
    const broken = [
      requests('200', 600),
      requests('500', 300),
      series('loki_ring_members', ingester, { name: 'ingester', state: 'Unhealthy' }, 1),
      series('loki_ring_members', ingester, { name: 'ingester', state: 'ACTIVE' }, 6),
      series('loki_ingester_chunks_flush_requests_total', ingester, {}, 0, 60),
      series('loki_ingester_chunks_flush_failures_total', ingester, {}, 0, 30),
      series(
        'cortex_bucket_index_last_successful_update_timestamp_seconds',
        'observability/mimir-compactor',
        { user: 'payments' },
        hours(1),
      ),
      series(
        'cortex_prometheus_rule_evaluation_failures_total',
        'observability/mimir-ruler',
        { user: 'payments', rule_group: 'a' },
        0,
        5,
      ),
      series(
        'tempo_ingest_group_partition_lag_seconds',
        'observability/tempo-block-builder',
        { group: 'block-builder', partition: '0' },
        1000,
      ),
      series(
        'tempo_discarded_spans_total',
        'observability/tempo-distributor',
        { reason: 'rate_limited', tenant: 'payments' },
        0,
        60,
      ),
      series(
        'kube_statefulset_status_replicas_ready',
        'monitoring/kube-state-metrics',
        { namespace: 'observability', statefulset: 'kafka' },
        2,
      ),
    ];
    const firing = await firesOn(files, broken, fires);
    expect(firing).toEqual(expect.arrayContaining(fires));
    // What is well stays silent beside it.
    for (const silent of ['LokiRingMembersMissing', 'KafkaWithoutQuorum', 'MimirQueriesFailing'])
      expect(firing).not.toContain(silent);
  },
  300_000,
);
