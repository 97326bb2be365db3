import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan, hubPlans, planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { cloudPlans } from '../testing/clouds.ts';
import { yamlFiles } from '../testing/plans.ts';
import { ready } from '../testing/programs.ts';
import { loki } from './resources.ts';
import { startLoki, write } from './testing/loki.ts';

const program = findProgram('loki');
const folder = temporaryFolder('loki');
const env = { ACCESS_KEY_ID: 'key', SECRET_ACCESS_KEY: 'a/b+c=', AZURE_STORAGE_KEY: '+/b+c==', ZONE: 'zone-a' };
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('loki', program)}`;

describe('Loki itself', () => {
  const verify = (plan: Plan, change: (text: string) => string = (text) => text): string => {
    const [config] = yamlFiles(loki, plan, 'loki');
    const path = join(mkdtempSync(join(folder, 'verify-')), 'loki.yaml');
    writeFileSync(path, change(config!.text));
    const run = spawnSync(program!, ['-verify-config', `-config.file=${path}`, '-config.expand-env=true'], {
      encoding: 'utf8',
      env,
    });
    return `${run.stderr}${run.stdout}ended with ${String(run.status)}`;
  };
  const fine = /config is valid[\s\S]*ended with 0$/;

  it.skipIf(program === undefined).each(hubPlans())(named('accepts the configuration of $cluster'), (plan) => {
    expect(verify(plan)).toMatch(fine);
  });

  it.skipIf(program === undefined).each(cloudPlans)(named('accepts the configuration on %s'), (_, plan) => {
    expect(verify(plan)).toMatch(fine);
  });

  real(named('accepts schemas of days before, also where index-gateways answer for them'), () => {
    const earlierSchemas = [{ from: '2020-10-24', store: 'boltdb-shipper', schema: 'v11' }];
    const objectStorage = { s3: { region: 'eu-west-1', bucketPrefix: 'acme-test' } };
    for (const mode of ['highly-available', 'distributed'])
      expect(
        verify(
          planOf({ kubernetes: { nodes: 6 }, objectStorage, logs: { mode, schemaFrom: '2026-06-01', earlierSchemas } }),
        ),
      ).toMatch(fine);
  });

  it.skipIf(program === undefined).each([
    ['azure', 'container_name:', 'bucket_name:'],
    ['gcs', 'bucket_name:', 'container_name:'],
  ])(named('refuses a key that its client for %s does not have'), (kind, key, other) => {
    const [, plan] = cloudPlans.find(([, { objectStorage }]) => objectStorage.kind === kind)!;
    expect(verify(plan, (text) => text.replaceAll(key, other))).toMatch(/field \w+_name not found[\s\S]*ended with 1$/);
  });
});

/** Without S3 a compactor ends at once, so those that have a pod of their own are only verified above. */
const ROLES = {
  startup: ['variants/highly-available/stateful-set.yaml'],
  'prod-eu': [
    'ingester/stateful-set.yaml',
    'variants/distributed/distributor-deployment.yaml',
    'variants/distributed/querier-deployment.yaml',
    'variants/distributed/query-scheduler-deployment.yaml',
    'variants/distributed/ruler-deployment.yaml',
    'variants/distributed/index-gateway-stateful-set.yaml',
  ],
};
const MONOLITHIC = 'variants/monolithic/stateful-set.yaml';

/** Starts it, waits until it is ready, and sees that it took the limits of the tenants too. */
async function startReady(cluster: string, base: string): Promise<string> {
  const started = await startLoki(program!, write(examplePlan(cluster)), base);
  await ready(started, `${started.url}/ready`, 30);
  expect(started.log()).toContain('msg="Loki started"');
  const metrics = await (await fetch(`${started.url}/metrics`)).text();
  expect(metrics).toMatch(/^loki_runtime_config_last_reload_successful(\{.*\})? 1$/m);
  return started.url;
}

describe('Loki started', () => {
  it('is started with every example', () => {
    const examples = hubPlans().map(({ cluster }) => cluster);
    expect(['home-lab', ...Object.keys(ROLES)].toSorted()).toEqual(examples.toSorted());
  });

  real(named('with the files of home-lab gives back what was pushed, to its tenant only'), { timeout: 50_000 }, () =>
    startReady('home-lab', MONOLITHIC).then(givesBack),
  );

  const cases = Object.entries(ROLES).flatMap(([cluster, bases]) => bases.map((base) => [cluster, base] as const));
  it.skipIf(program === undefined).each(cases)(
    named('becomes ready with the files of %s and the arguments of %s, without its peers and S3'),
    { timeout: 40_000 },
    async (cluster, base) => {
      await startReady(cluster, base);
    },
  );

  // It is ready only with a scheduler, whose rendered address nobody answers here.
  real(named('starts every module of the query-frontend of prod-eu'), { timeout: 20_000 }, async () => {
    const base = 'variants/distributed/query-frontend-deployment.yaml';
    const { child, log } = await startLoki(program!, write(examplePlan('prod-eu')), base);
    await expect.poll(log, { timeout: 10_000 }).toContain('msg="Loki started"');
    expect(child.exitCode).toBeNull();
  });

  it.skipIf(program === undefined).each([
    ['configuration', 'query_timeout:', 'query_timeuot:'],
    ['limits', 'ingestion_burst_size_mb:', 'ingestion_brust_size_mb:'],
  ])(
    named('does not start with an unknown key in the %s, so the tests above mean something'),
    { timeout: 10_000 },
    async (_, key, misspelt) => {
      const home = write(examplePlan('home-lab'), (text) => text.replace(key, misspelt));
      const { log } = await startLoki(program!, home, MONOLITHIC);
      // Not by its end: with wrong limits it may hang while it stops, its port open.
      await expect.poll(log, { timeout: 4000 }).toContain(misspelt.slice(0, -1));
      await sleep(1000);
      expect(log()).not.toContain('msg="Loki started"');
    },
  );
});

/** One line in, the same line out, to its tenant only. */
async function givesBack(url: string): Promise<void> {
  const stream = { stream: { namespace: 'shop' }, values: [[`${String(Date.now())}000000`, 'a line of the probe']] };
  const pushed = await fetch(`${url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'X-Scope-OrgID': 'main', 'Content-Type': 'application/json' },
    body: JSON.stringify({ streams: [stream] }),
  });
  expect(pushed.status, await pushed.text()).toBe(204);
  const query = `${url}/loki/api/v1/query_range?query=${encodeURIComponent('{namespace="shop"}')}`;
  const ask = async (tenant: string): Promise<string> =>
    (await fetch(query, { headers: { 'X-Scope-OrgID': tenant } })).text();
  await expect.poll(() => ask('main'), { timeout: 8000 }).toContain('a line of the probe');
  expect(await ask('other')).toContain('"result":[]');
  expect((await fetch(query)).status).toBe(401);
}
