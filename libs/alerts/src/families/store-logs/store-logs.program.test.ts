import { examplePlan } from '@lgtm-fleet/plan/testing';
import { unlessFound } from '@lgtm-fleet/queries/testing';
import { describe, expect, it } from 'vitest';
import { ruleFiles } from '../../rule-files.ts';
import { firesOn, loki, type Line } from '../../testing/loki-ruler.ts';

/** Lines as the programs write them, at the versions that are pinned. */

const file = ruleFiles(examplePlan('prod-eu')).find(({ name }) => name === 'store-logs');

/** So many lines of a container, the newest a few seconds old, all within five minutes. */
function lines(service: string, container: string, count: number, line: string): readonly Line[] {
  const labels = { cluster: 'prod-eu', namespace: 'observability', service_name: service, container };
  return Array.from({ length: count }, (_, index) => ({ labels, line, age: 5 + (index % 240) }));
}

const failed = (message: string): string =>
  `level=error ts=2026-01-01T00:00:00Z caller=flush.go:262 component=ingester msg="failed to flush" err="${message}"`;

describe.skipIf(loki === undefined)(`the ruler of Loki${unlessFound('loki', loki)}`, () => {
  it('tells of each complaint of the stores', { timeout: 120_000 }, async () => {
    const broken = [
      ...lines('loki', 'querier', 1, 'panic: runtime error: invalid memory address or nil pointer dereference'),
      ...lines('loki', 'ingester', 1, failed('write /var/loki/wal/00000012: no space left on device')),
      ...lines('loki', 'ingester', 8, failed('store put chunk: Access Denied., num_chunks: 1')),
      ...lines('loki', 'ruler', 320, failed('context canceled')),
      ...lines(
        'mimir',
        'distributor',
        8,
        'ts=2026-01-01T00:00:00Z caller=push.go:262 level=error user=payments msg="push error" err="at least 2 live replicas required, could only find 1"',
      ),
      ...lines(
        'tempo',
        'querier',
        120,
        'level=warn ts=2026-01-01T00:00:00Z caller=server.go:2358 msg="search failed" err="dial tcp 10.0.0.7:9095: i/o timeout"',
      ),
      ...lines(
        'kafka',
        'broker',
        1,
        '2026-01-01 00:00:00,000 ERROR LogDirFailureChannel Error while appending records to tempo-ingest-0 in dir /var/kafka',
      ),
      ...lines(
        'kafka',
        'broker',
        8,
        '2026-01-01 00:00:00,000 ERROR ReplicaManager org.apache.kafka.common.errors.NotEnoughReplicasException: The size of the current ISR is insufficient to satisfy the min.isr requirement of 2',
      ),
    ];
    expect(await firesOn(file?.value ?? {}, broken)).toEqual([
      'KafkaLogFolderFailed',
      'KafkaTooFewReplicas',
      'StoreBucketRefuses',
      'StoreCannotReach',
      'StoreDiskFull',
      'StoreErrorsBurst',
      'StorePanics',
      'StoreReplicasMissing',
    ]);
  });

  it('is silent on lines about its own queries, on single errors and on others', { timeout: 120_000 }, async () => {
    const query =
      'count_over_time({service_name=\\"loki\\"} |~ \\"no space left on device\\" | logfmt level | level=\\"error\\" [5m])';
    const calm = [
      ...lines(
        'loki',
        'query-frontend',
        200,
        `level=info ts=2026-01-01T00:00:00Z caller=metrics.go:457 org_id=a query="${query}" status=200`,
      ),
      ...lines(
        'loki',
        'querier',
        200,
        'level=info ts=2026-01-01T00:00:00Z caller=engine.go:1 msg="executing query" query="{a=\\"b\\"} |= \\"panic: \\" |= \\"dial tcp 10.0.0.7: i/o timeout\\""',
      ),
      ...lines(
        'tempo',
        'backend-worker',
        20,
        'level=error ts=2026-01-01T00:00:00Z caller=backendworker.go:529 msg="error calling scheduler" err="rpc error: code = NotFound desc = no jobs found"',
      ),
      ...lines('loki', 'ingester', 2, failed('Access Denied.')),
      ...lines(
        'mimir',
        'querier',
        2,
        'ts=2026-01-01T00:00:00Z level=error msg="query" err="too many unhealthy instances in the ring"',
      ),
      ...lines('shop', 'shop', 400, failed('no space left on device')),
      ...lines(
        'kafka',
        'broker',
        20,
        '2026-01-01 00:00:00,000 INFO UnifiedLog [UnifiedLog partition=tempo-ingest-0, dir=/var/kafka] Rolled new log segment',
      ),
    ];
    expect(await firesOn(file?.value ?? {}, calm)).toEqual([]);
  });
});
