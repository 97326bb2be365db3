import type { Seen } from '../check.ts';
import { shortfall } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { until } from '../wait.ts';

/** A canary waits a minute for a line before it asks for it, and the other one runs once a minute. */
const PATIENCE = { seconds: 240, everyMs: 5000 };

/** Enough to say something. */
const ENOUGH = { lines: 60, checks: 3 } as const;

/** What the canary of logs wrote came back by tail or by query, as the tenant of the stack's own telemetry. */
export async function logsCanary(cluster: Cluster): Promise<Seen> {
  return withMetrics(cluster, 'logs', 3500, async (counter) => {
    const readBack = await until('lines of the canary to come back', PATIENCE, async () => {
      const count = await counter('loki_canary_response_latency_seconds_count');
      return count >= ENOUGH.lines ? count : undefined;
    });
    const pushed = await counter('loki_canary_entries_total');
    const lost = await counter('loki_canary_missing_entries_total');
    const counts = { pushed, acknowledged: pushed, readBack, lost };
    if (lost > 0) throw shortfall('lines of the canary are lost', counts);
    return { counts };
  });
}

const FAILURES = ['writes_failed', 'queries_failed'] as const;

/** What the canary of metrics wrote was taken, and the sums that it asks for are right. */
export async function metricsCanary(cluster: Cluster): Promise<Seen> {
  return withMetrics(cluster, 'metrics', 8080, async (counter) => {
    const checks = 'mimir_continuous_test_query_result_checks_total';
    const failures = (): Promise<readonly number[]> =>
      Promise.all(FAILURES.map((what) => counter(`mimir_continuous_test_${what}_total`)));
    // It starts before the stores do, so what it could not write or ask then says nothing.
    const [start, before] = [await counter(checks), await failures()];
    const checked = await until('sums of the canary to be checked', PATIENCE, async () => {
      const count = await counter(checks);
      return count >= ENOUGH.checks && count > start ? count : undefined;
    });
    for (const [index, count] of (await failures()).entries()) {
      const since = count - (before[index] ?? 0);
      if (since > 0) throw new Error(`${FAILURES[index] ?? ''} ${String(since)} times`);
    }
    const wrong = await counter('mimir_continuous_test_query_result_checks_failed_total');
    if (wrong > 0) throw new Error(`${String(wrong)} sums were wrong`);
    const writes = await counter('mimir_continuous_test_writes_total');
    return { detail: `${String(writes)} writes taken, ${String(checked)} sums right` };
  });
}

type Counter = (name: string) => Promise<number>;

/** A counter over all its labels; one that has not counted yet is not there, which is none. */
export function sumOf(metrics: string, name: string): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function withMetrics(
  cluster: Cluster,
  role: string,
  port: number,
  check: (counter: Counter) => Promise<Seen>,
): Promise<Seen> {
  const { url, close } = await cluster.reach('monitoring', 'canary', role, port);
  try {
    return await check(async (name) => {
      const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(15_000) });
      if (answer.status !== 200) throw new Error(`/metrics of canary ${role} answered ${String(answer.status)}`);
      return sumOf(await answer.text(), name);
    });
  } finally {
    close();
  }
}
