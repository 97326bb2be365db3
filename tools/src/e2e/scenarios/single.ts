import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seen } from '../check.ts';
import { configuredAs } from '../checks/configuration.ts';
import { killedAtOnce, killedInTurn } from '../checks/durability.ts';
import { committed, healed, pruned } from '../checks/gitops.ts';
import { scraped } from '../checks/scraped.ts';
import { sampleCorrelates } from '../checks/correlation.ts';
import { closedDoors, logsByTenant, metricsByTenant, podLogs } from '../checks/telemetry.ts';
import { stage, type Place, type ScenarioResult, type Stage } from '../scenario.ts';
import { readBack, write } from '../writer.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const STORES = ['loki', 'mimir', 'seaweedfs'] as const;

/** One node with everything: the whole way in and out, kills, and what a commit does. */
export function single(place: Place): Promise<ScenarioResult> {
  return stage(place, 'single', 900, async (on) => {
    const { checks, cluster, door, missing, place: at } = on;
    const [alpha, beta] = await Promise.all([cluster.credential('alpha'), cluster.credential('beta')]);
    await checks.run('metrics pushed come back, for their tenant only', () => metricsByTenant(door, alpha, beta));
    await checks.run('logs pushed come back, for their tenant only', () => logsByTenant(door, alpha, beta));
    await checks.run('nobody comes in without a credential, or where tenants have no business', () =>
      closedDoors(door, alpha),
    );
    await checks.run('metrics scraped from pods come back', () => scraped(door, alpha, missing));
    await checks.run('lines of a real pod come back', () => podLogs(on, alpha));
    if (missing.has('sample')) checks.skip('metrics, exemplars and logs of the sample agree', on.why('sample'));
    else await checks.run('metrics, exemplars and logs of the sample agree', () => sampleCorrelates(door, alpha));
    if (missing.has('tempo')) checks.skip('traces come back', on.why('tempo'));
    if (missing.has('alloy')) checks.skip('Alloy collects', on.why('alloy'));
    if (missing.has('grafana')) checks.skip('Grafana answers and its data sources work', on.why('grafana'));
    await checks.run('Loki runs as generated', () => runsAs(on, 'loki', 3100));
    await checks.run('Mimir runs as generated', () => runsAs(on, 'mimir', 8080));

    const storm = { environment: at.environment, cluster, door, as: alpha };
    await checks.run('each store killed in turn: nothing acknowledged is lost', () =>
      killedInTurn(storm, STORES, 'in-turn'),
    );
    await checks.run('all stores killed at once: nothing acknowledged is lost', () =>
      killedAtOnce(storm, STORES, 'at-once'),
    );

    const writer = write(door, alpha, 'through-changes');
    await checks.run('a commit that changes retention and resources is synced without a hand', () =>
      committed(
        on,
        'keep logs for 4 days, and take 20 GB a day',
        [
          { path: ['spec', 'retention', 'logs'], value: '4d' },
          { path: ['spec', 'load', 'logs', 'volume'], value: '20GB/day' },
        ],
        async () => (await runningConfig(on, 'loki', 3100)).includes('retention_period: 4d'),
      ),
    );
    await checks.run('Loki runs as generated after the change', () => runsAs(on, 'loki', 3100));
    await checks.run('a deleted Deployment is healed', () => healed(cluster, 'observability', 'gateway'));
    await sleep(3000);
    const written = await writer.stop();
    await checks.run('nothing acknowledged is lost through the changes', () => readBack(door, alpha, written));
    await checks.run('a removed component is pruned as far as the protections allow', () =>
      pruned(on, 'sample', 'sample', [{ path: ['spec', 'sample'], value: undefined }]),
    );
  });
}

async function runningConfig({ cluster }: Stage, component: string, port: number): Promise<string> {
  const { url, close } = await cluster.reach('observability', component, 'monolithic', port);
  try {
    return await (await fetch(`${url}/config`, { signal: AbortSignal.timeout(15_000) })).text();
  } finally {
    close();
  }
}

async function runsAs(on: Stage, component: string, port: number): Promise<Seen> {
  const folder = join(on.checkout.root, 'overlays', on.checkout.cluster, component);
  const generated = readFileSync(join(folder, `${component}.yaml`), 'utf8');
  const keys = await on.cluster.secret('observability', 'object-storage');
  return configuredAs(generated, await runningConfig(on, component, port), keys);
}
