import type { Seen } from '../check.ts';
import { shortfall } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { restart } from '../faults/hands.ts';
import { withPod, type PodPort } from '../pod-port.ts';
import { until } from '../wait.ts';

/** A canary waits a minute for a line before it asks for it, and the other one runs once a minute. */
const PATIENCE = { seconds: 240, everyMs: 5000 };

/** A trace is asked for when its last spans have had time, and the one to ask for is drawn by lot: it begins slowly. */
const LONGER_PATIENCE = { seconds: 600, everyMs: 5000 };

/** Enough to say something. */
const ENOUGH = { lines: 60, checks: 3, questions: 4 } as const;

/** What the canary of logs wrote came back by tail or by query, as the tenant of the stack's own telemetry. */
export async function logsCanary(cluster: Cluster): Promise<Seen> {
  return withMetrics(cluster, { component: 'canary', role: 'logs', port: 3500 }, async (counter) => {
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
  return withMetrics(cluster, { component: 'canary', role: 'metrics', port: 8080 }, async (counter) => {
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

const TRACES = 'canary-traces';

/**
 * What the canary of traces pushed was found by id and by search, as it was. It started before Tempo did, and asks for
 * what it wrote since then: so it begins anew.
 */
export async function tracesCanary(cluster: Cluster): Promise<Seen> {
  await restart(cluster, 'monitoring', TRACES);
  await cluster.ready('monitoring', TRACES, 120);
  return withMetrics(cluster, { component: TRACES, role: TRACES, port: 8080 }, async (counter) => {
    const questions = await until('traces of the canary to be asked for', LONGER_PATIENCE, async () => {
      const count = await counter('tempo_vulture_trace_total');
      return count >= ENOUGH.questions ? count : undefined;
    });
    const failed = await counter('tempo_vulture_error_total');
    const wrong = await counter('tempo_vulture_trace_error_total');
    if (failed + wrong > 0)
      throw new Error(`${String(failed)} errors, and ${String(wrong)} traces that are not found as they were written`);
    return { detail: `${String(questions)} questions, each found its trace as it was written` };
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
  canary: Omit<PodPort, 'namespace'>,
  check: (counter: Counter) => Promise<Seen>,
): Promise<Seen> {
  return await withPod(cluster, { namespace: 'monitoring', ...canary }, (ask) =>
    check(async (name) => sumOf(await ask('/metrics'), name)),
  );
}
