import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { planOf } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { startLoki, write as writeLoki } from '../loki/testing/loki.ts';
import { startMimir, write as writeMimir } from '../mimir/testing/mimir.ts';
import { baseArguments } from '../testing/checkout.ts';
import { counter } from '../testing/counters.ts';
import { openDoor } from '../testing/front-door.ts';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { ready, start } from '../testing/programs.ts';

const loki = findProgram('loki');
const mimir = findProgram('mimir');
const lokiCanary = findProgram('loki-canary', [process.env['PROGRAMS'] ?? '', dirname(loki ?? '.')]);
const folder = temporaryFolder('canary');

const plan = planOf(
  { kubernetes: { nodes: 1 }, metrics: { store: 'mimir' }, selfMonitoring: { tenant: 'stack' } },
  'canaries',
);
const PASSWORD = 'a/b+c= $d';
const door = (storeOf: () => string): Promise<string> => openDoor({ passwords: { stack: PASSWORD }, storeOf });

/** Arguments of the base, with what the kubelet fills in. */
function argumentsOf(role: string, values: Readonly<Record<string, string>>): readonly string[] {
  return baseArguments(`canary/${role}-deployment.yaml`).map((argument) =>
    argument.replaceAll(/\$\((\w+)\)/g, (whole, name: string) => values[name] ?? whole),
  );
}

it.skipIf(loki === undefined || lokiCanary === undefined)(
  `what the canary of logs writes comes back by tail and by query${unlessFound('loki-canary', lokiCanary === undefined ? undefined : loki)}`,
  { timeout: 90_000 },
  async () => {
    const store = await startLoki(loki!, writeLoki(plan), 'variants/monolithic/stateful-set.yaml');
    await ready(store, `${store.url}/ready`, 40);
    const gateway = await door(() => store.url);
    const port = await freePort();
    const values = {
      GATEWAY: new URL(gateway).host,
      TLS: 'false',
      TENANT: 'stack',
      PASSWORD,
      POD_NAME: 'canary-logs-0',
    };
    // Of two flags the later counts; waits are cut short, and nothing else is.
    const canary = start(
      lokiCanary!,
      [...argumentsOf('logs', values), `-port=${String(port)}`, '-interval=200ms', '-wait=2s', '-pruneinterval=1s'],
      mkdtempSync(join(folder, 'logs-')),
    );
    const url = `http://127.0.0.1:${String(port)}`;
    await ready(canary, `${url}/metrics`, 20);
    await expect
      .poll(() => counter(url, 'loki_canary_response_latency_seconds_count'), { timeout: 40_000 })
      .toBeGreaterThanOrEqual(10);
    expect(await counter(url, 'loki_canary_missing_entries_total'), canary.log().slice(-2000)).toBe(0);
    expect(await counter(url, 'loki_canary_entries_total')).toBeGreaterThanOrEqual(10);
    const query = encodeURIComponent('{pod="canary-logs-0", stream="canary"}');
    const kept = await fetch(`${store.url}/loki/api/v1/query_range?query=${query}`, {
      headers: { 'X-Scope-OrgID': 'stack' },
    });
    expect(await kept.text()).toContain('canary-logs-0');
  },
);

it.skipIf(mimir === undefined)(
  `what the canary of metrics writes comes back, and its sums are right${unlessFound('mimir', mimir)}`,
  { timeout: 90_000 },
  async () => {
    const store = await startMimir(mimir!, writeMimir(plan), [
      '-ingester.ring.min-ready-duration=0s',
      '-memberlist.join=127.0.0.1',
    ]);
    await ready(store, `${store.url}/ready`, 40);
    const gateway = await door(() => store.url);
    const [http, grpc] = [await freePort(), await freePort()];
    const canary = start(
      mimir!,
      [
        ...argumentsOf('metrics', { GATEWAY_URL: gateway, TENANT: 'stack', PASSWORD }),
        '-server.http-listen-address=127.0.0.1',
        `-server.http-listen-port=${String(http)}`,
        '-server.grpc-listen-address=127.0.0.1',
        `-server.grpc-listen-port=${String(grpc)}`,
        '-tests.run-interval=5s',
      ],
      mkdtempSync(join(folder, 'metrics-')),
    );
    const url = `http://127.0.0.1:${String(http)}`;
    await ready(canary, `${url}/ready`, 30);
    const PREFIX = 'mimir_continuous_test_';
    await expect
      .poll(() => counter(url, `${PREFIX}query_result_checks_total`), { timeout: 40_000 })
      .toBeGreaterThanOrEqual(1);
    expect(await counter(url, `${PREFIX}writes_total`)).toBeGreaterThanOrEqual(1);
    for (const failed of ['writes_failed_total', 'queries_failed_total', 'query_result_checks_failed_total'])
      expect((await counter(url, PREFIX + failed)) ?? 0, canary.log().slice(-2000)).toBe(0);
  },
);
