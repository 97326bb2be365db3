import { hubPlans, planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { describe, expect, it } from 'vitest';
import { cloudPlans } from '../testing/clouds.ts';
import { probe, pushProbe } from '../testing/otlp-probe.ts';
import { ready } from '../testing/programs.ts';
import { startMimir, write } from './testing/mimir.ts';

const program = findProgram('mimir');
const real = it.skipIf(program === undefined);
const named = (title: string): string => `${title}${unlessFound('mimir', program)}`;

const hubsWithMimir = hubPlans().filter(({ mimir }) => mimir !== undefined);

/** These roles need no other program, and every role reads and checks the whole file. */
const ALONE = '-target=query-scheduler,overrides-exporter';

describe.each(hubsWithMimir.map((plan) => [plan.cluster, plan] as const))('%s', (_, plan) => {
  real(named('Mimir accepts the generated files'), async () => {
    const started = await startMimir(program!, write(plan), [ALONE]);
    await ready(started, `${started.url}/ready`, 20);
    const limits = await (await fetch(`${started.url}/runtime_config`)).text();
    for (const tenant of plan.tenants)
      expect(limits).toContain(`max_global_series_per_user: ${String(tenant.limits.activeSeries)}`);
  });
});

/** Only the parts of each file are read that a role has; what names the buckets belongs to all. */
describe.each(cloudPlans.filter(([name]) => name.endsWith('highly available')))('on %s', (_, plan) => {
  real(named('Mimir accepts the generated files'), async () => {
    const started = await startMimir(program!, write(plan), [ALONE]);
    await ready(started, `${started.url}/ready`, 20);
  });
});

describe('one process with files', () => {
  const plan = planOf({ kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } }, 'one');

  real(named('Mimir gives back what was pushed, to its tenant only'), { timeout: 60_000 }, async () => {
    const started = await startMimir(program!, write(plan), [
      '-ingester.ring.min-ready-duration=0s',
      `-memberlist.join=127.0.0.1`,
    ]);
    await ready(started, `${started.url}/ready`, 40);
    const tenant = (name: string) => ({ 'X-Scope-OrgID': name });
    const pushed = await pushProbe(`${started.url}/otlp/v1/metrics`, tenant('main'));
    expect(pushed.status, await pushed.text()).toBe(200);
    const ask = async (name: string): Promise<string> => {
      const query = encodeURIComponent(probe.query);
      return (await fetch(`${started.url}/prometheus/api/v1/query?query=${query}`, { headers: tenant(name) })).text();
    };
    await expect.poll(() => ask('main'), { timeout: 10_000 }).toContain(probe.value);
    expect(await ask('other')).toContain('"result":[]');
    expect((await fetch(`${started.url}/prometheus/api/v1/query?query=up`)).status).toBe(401);
    const alertmanager = await fetch(`${started.url}/alertmanager/api/v2/status`, { headers: tenant('main') });
    expect(await alertmanager.text()).toContain('nobody');
  });

  real(named('Mimir refuses a key that it does not know, so the tests above mean something'), async () => {
    const started = await startMimir(
      program!,
      write(plan, (text) => text.replace('max_concurrent:', 'max_concurent:')),
      [ALONE],
    );
    await expect(ready(started, `${started.url}/ready`, 20)).rejects.toThrow('max_concurent');
  });
});
