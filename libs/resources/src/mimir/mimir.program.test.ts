import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@lgtm-fleet/plan';
import { describe, expect, it } from 'vitest';
import { baseArguments, hubPlans } from '../testing/checkout.ts';
import { cloudPlans } from '../testing/clouds.ts';
import { probe, pushProbe } from '../testing/otlp-probe.ts';
import { planOf, yamlFiles } from '../testing/plans.ts';
import {
  findStore,
  freePort,
  moved,
  ready,
  start,
  temporaryFolder,
  titleWith,
  type Started,
  withoutCloud,
} from '../testing/programs.ts';
import { mimir } from './resources.ts';

const folder = temporaryFolder('mimir');
const program = findStore('mimir');
const real = it.skipIf(program === undefined);
const named = (title: string): string => titleWith('mimir', program, title);

/** The generated files with the container's folders moved to a temporary one; returns that folder. */
function write(plan: Plan, change: (text: string) => string = (text) => text): string {
  const home = mkdtempSync(join(folder, `${plan.cluster}-`));
  for (const part of ['etc/mimir', 'etc/mimir-overrides', 'var/mimir', 'tmp'])
    mkdirSync(join(home, part), { recursive: true });
  for (const { configMap, name, text } of yamlFiles(mimir, plan, 'mimir'))
    writeFileSync(join(home, 'etc', configMap.replace('-config', ''), name), change(withoutCloud(moved(text, home))));
  return home;
}

/** Mimir on loopback only; later flags win over those of the base and over the file. */
async function startMimir(home: string, flags: readonly string[]): Promise<Started & { readonly url: string }> {
  const [http, grpc, gossip] = [await freePort(), await freePort(), await freePort()];
  const base = baseArguments('mimir/monolithic/stateful-set.yaml');
  const started = start(
    program!,
    [
      ...base.map((argument) => moved(argument.replace('=/', '= /'), home).replace('= ', '=')),
      '-server.http-listen-address=127.0.0.1',
      `-server.http-listen-port=${String(http)}`,
      '-server.grpc-listen-address=127.0.0.1',
      `-server.grpc-listen-port=${String(grpc)}`,
      '-memberlist.bind-addr=127.0.0.1',
      `-memberlist.bind-port=${String(gossip)}`,
      '-memberlist.advertise-addr=127.0.0.1',
      ...[
        'distributor.ring',
        'ingester.ring',
        'store-gateway.sharding-ring',
        'compactor.ring',
        'ruler.ring',
        'alertmanager.sharding-ring',
        'querier.ring',
        'query-scheduler.ring',
        'overrides-exporter.ring',
        'query-frontend',
      ].map((ring) => `-${ring}.instance-addr=127.0.0.1`),
      ...flags,
    ],
    home,
  );
  return { ...started, url: `http://127.0.0.1:${String(http)}` };
}

const hubsWithMimir = hubPlans().filter(({ mimir }) => mimir !== undefined);

/** These roles need no other program, and every role reads and checks the whole file. */
const ALONE = '-target=query-scheduler,overrides-exporter';

describe.each(hubsWithMimir.map((plan) => [plan.cluster, plan] as const))('%s', (_, plan) => {
  real(named('Mimir accepts the generated files'), async () => {
    const started = await startMimir(write(plan), [ALONE]);
    await ready(started, `${started.url}/ready`, 20);
    const limits = await (await fetch(`${started.url}/runtime_config`)).text();
    for (const tenant of plan.tenants)
      expect(limits).toContain(`max_global_series_per_user: ${String(tenant.limits.activeSeries)}`);
  });
});

/** Only the parts of each file are read that a role has; what names the buckets belongs to all. */
describe.each(cloudPlans.filter(([name]) => name.endsWith('highly available')))('on %s', (_, plan) => {
  real(named('Mimir accepts the generated files'), async () => {
    const started = await startMimir(write(plan), [ALONE]);
    await ready(started, `${started.url}/ready`, 20);
  });
});

describe('one process with files', () => {
  const plan = planOf({ kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } }, 'one');

  real(named('Mimir gives back what was pushed, to its tenant only'), { timeout: 60_000 }, async () => {
    const started = await startMimir(write(plan), [
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
      write(plan, (text) => text.replace('max_concurrent:', 'max_concurent:')),
      [ALONE],
    );
    await expect(ready(started, `${started.url}/ready`, 20)).rejects.toThrow('max_concurent');
  });
});
