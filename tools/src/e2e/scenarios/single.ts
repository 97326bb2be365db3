import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seen } from '../check.ts';
import { rightsAreDeclared } from '../checks/access.ts';
import { logsCanary, metricsCanary, tracesCanary } from '../checks/canaries.ts';
import { configuredAs } from '../checks/configuration.ts';
import { killedAtOnce, killedInTurn } from '../checks/durability.ts';
import { frontDoorMatrix } from '../checks/front-door-matrix.ts';
import { committed, healed, pruned } from '../checks/gitops.ts';
import { dataSources } from '../checks/grafana.ts';
import { fleetRules } from '../checks/fleet-rules.ts';
import { switchFires, watched } from '../checks/meta-monitoring.ts';
import { besideNoise } from '../checks/noisy-tenant.ts';
import { shutOut } from '../checks/network.ts';
import { reachedAsSolved } from '../checks/reachability.ts';
import { giveRules, rulesWork } from '../checks/rules.ts';
import { scraped } from '../checks/scraped.ts';
import { sampleCorrelates } from '../checks/correlation.ts';
import { closedDoors, logsByTenant, metricsByTenant, podLogs } from '../checks/telemetry.ts';
import { tracesByTenant } from '../checks/traces.ts';
import { planned } from '../planned.ts';
import { withPod } from '../pod-port.ts';
import { stage, type Place, type ScenarioResult, type Stage } from '../scenario.ts';
import { usersOf } from '../users.ts';
import { until } from '../wait.ts';
import { queriesAnswer } from '../checks/answers.ts';
import { readBack, write } from '../writer.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';

const STORES = ['loki', 'mimir', 'seaweedfs'] as const;

/** One node with everything: the whole way in and out, kills, and what a commit does. */
export function single(place: Place): Promise<ScenarioResult> {
  return stage(place, 'single', 900, async (on) => {
    const { checks, cluster, door, missing, place: at } = on;
    const [users, own] = await Promise.all([usersOf(cluster), cluster.credential('self-monitoring')]);
    const { alpha, beta } = users;
    await checks.run('metrics pushed come back, for their tenant only', () => metricsByTenant(door, alpha, beta));
    await checks.run('logs pushed come back, for their tenant only', () => logsByTenant(door, alpha, beta));
    await checks.run('nobody comes in without a credential, or where tenants have no business', () =>
      closedDoors(door, alpha),
    );
    await checks.run('everybody comes through the front door where it may, and nowhere else', () =>
      frontDoorMatrix(door, users),
    );
    await checks.run('a noisy tenant is held back, and its neighbour does not notice', () =>
      besideNoise(door, users.alpha, users.gamma, NOISE_LIMIT),
    );
    await checks.run('metrics scraped from pods come back', () => scraped(door, alpha, missing));
    await checks.run('lines of a real pod come back', () => podLogs(on, own));
    if (missing.has('sample')) checks.skip('metrics, exemplars and logs of the sample agree', on.why('sample'));
    else await checks.run('metrics, exemplars and logs of the sample agree', () => sampleCorrelates(door, alpha));
    const canaries = [
      ['all lines of the canary of logs come back', ['canary'], logsCanary],
      ['all sums of the canary of metrics are right', ['canary'], metricsCanary],
      ['all traces of the canary of traces come back', ['canary-traces', 'tempo'], tracesCanary],
    ] as const;
    for (const [name, needed, canary] of canaries) {
      const absent = needed.find((one) => missing.has(one));
      if (absent !== undefined) checks.skip(name, on.why(absent));
      else await checks.run(name, () => canary(cluster));
    }
    const rules = 'both rulers have the rules of the fleet';
    if (missing.has('rules')) checks.skip(rules, on.why('rules'));
    else await checks.run(rules, () => fleetRules(door, own, planned(on.checkout)));
    const watcher = 'what watches the stores scrapes each of them, and none of its rules fails';
    if (missing.has('meta-monitoring')) checks.skip(watcher, on.why('meta-monitoring'));
    else await checks.run(watcher, () => watched(cluster, planned(on.checkout), missing));
    const traces = 'traces pushed come back, for their tenant only';
    if (missing.has('tempo')) checks.skip(traces, on.why('tempo'));
    else await checks.run(traces, () => tracesByTenant(door, alpha, beta));
    // Where there is Alloy, what was scraped and the lines of pods above came by it.
    if (missing.has('alloy')) checks.skip('Alloy collects', on.why('alloy'));
    const grafana = 'Grafana answers and its data sources work';
    if (missing.has('grafana')) checks.skip(grafana, on.why('grafana'));
    else await checks.run(grafana, () => dataSources(cluster, alpha.tenant, missing));
    const outsider = 'a pod that no policy knows reaches nothing of the stack';
    if (missing.has('sample')) checks.skip(outsider, on.why('sample'));
    else await checks.run(outsider, () => shutOut(cluster));
    const solved = 'pairs of pods reach each other, DNS and the API server as the policies say';
    if (missing.has('sample')) checks.skip(solved, on.why('sample'));
    else await checks.run(solved, () => reachedAsSolved(cluster, planned(on.checkout)));
    await checks.run('every account may do what is declared, and nothing else', () =>
      rightsAreDeclared(cluster, planned(on.checkout)),
    );
    await checks.run('Loki runs as generated, with the limits of each tenant', () => runsAs(on, 'loki'));
    await checks.run('Mimir runs as generated, with the limits of each tenant', () => runsAs(on, 'mimir'));
    const tempo = 'Tempo runs as generated';
    if (missing.has('tempo')) checks.skip(tempo, on.why('tempo'));
    else await checks.run(tempo, () => tempoRunsAs(on));
    await checks.run("a tenant's rules are there as it gave them", () => giveRules(door, alpha));

    const storm = { environment: at.environment, cluster, door, as: alpha };
    await checks.run('each store killed in turn: nothing acknowledged is lost', () =>
      killedInTurn(storm, STORES, 'in-turn'),
    );
    await checks.run('stores and gateway killed at once: nothing acknowledged is lost', () =>
      killedAtOnce(storm, [...STORES, 'gateway'], 'at-once'),
    );
    const alive = 'the alert that always fires does so after the kills';
    if (missing.has('meta-monitoring')) checks.skip(alive, on.why('meta-monitoring'));
    else await checks.run(alive, () => switchFires(cluster));
    await checks.run('the rules have outlived the kills, record, and alert their tenant only', () =>
      rulesWork(door, alpha, beta),
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
        async () => (await ask(on, 'loki', '/config')).includes('retention_period: 4d'),
      ),
    );
    await checks.run('Loki runs as generated after the change', () =>
      // The kubelet brings a changed file of limits within a minute or so.
      until('the new limits', { seconds: 120, everyMs: 3000 }, () => runsAs(on, 'loki')),
    );
    await checks.run('a deleted Deployment is healed', () => healed(cluster, 'observability', 'gateway'));
    await sleep(3000);
    const written = await writer.stop();
    await checks.run('nothing acknowledged is lost through the changes', () => readBack(door, alpha, written));
    // By now everything has run for a while, and the sample is still there.
    await checks.run('every query of dashboards and rules is taken, and gives data or has a reason', () =>
      queriesAnswer(door, planned(on.checkout), [own, alpha], missing),
    );
    await checks.run('a removed component is pruned as far as the protections allow', () =>
      pruned(on, 'sample', 'sample', [{ path: ['spec', 'sample'], value: undefined }]),
    );
  });
}

/** As the fixture has it: `limits.logs` of gamma, in bytes a second. */
const NOISE_LIMIT = 200_000;

/** An answer of the program itself, beside the gateway. */
async function ask({ cluster }: Stage, component: keyof typeof PORTS, path: string, tenant?: string): Promise<string> {
  const pod = { namespace: 'observability', component, role: 'monolithic', port: PORTS[component] };
  const headers = tenant === undefined ? {} : { 'X-Scope-OrgID': tenant };
  return await withPod(cluster, pod, (askPod) => askPod(path, { headers }));
}

const PORTS = { loki: 3100, mimir: 8080, tempo: 3200 } as const;
type Store = 'loki' | 'mimir';

/** Of its tenants' limits it shows nothing but that there are some. */
async function tempoRunsAs(on: Stage): Promise<Seen> {
  const folder = join(on.checkout.root, 'overlays', on.checkout.cluster, 'tempo');
  const keys = await on.cluster.secret('observability', 'object-storage');
  const shown = await ask(on, 'tempo', '/status/config');
  return configuredAs(readFileSync(join(folder, 'tempo.yaml'), 'utf8'), shown.replace(/^GET .*\n/, ''), keys);
}

/** The configuration of the program, and the limits of tenants, which it reads again by itself. */
async function runsAs(on: Stage, component: Store): Promise<Seen> {
  const folder = join(on.checkout.root, 'overlays', on.checkout.cluster, component);
  const generated = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const keys = await on.cluster.secret('observability', 'object-storage');
  const config = configuredAs(generated(`${component}.yaml`), await ask(on, component, '/config'), keys);
  const limits = await limitsAre(on, component, generated('overrides.yaml'));
  return { detail: `${config.detail ?? ''}; of tenants, ${limits.detail ?? ''}` };
}

/**
 * Mimir shows its file of limits as it has read it. Loki shows, one tenant at a time, those that a dashboard may know;
 * its file is read as a whole, so that the retention is the new one says that all of it is.
 */
async function limitsAre(on: Stage, component: Store, generated: string): Promise<Seen> {
  if (component === 'mimir') return configuredAs(generated, await ask(on, component, '/runtime_config'));
  const { overrides } = parse(generated) as { readonly overrides: Readonly<Record<string, Limits>> };
  const pairs = await Promise.all(
    Object.entries(overrides).map(async ([tenant, { retention_period }]) => {
      const running = parse(await ask(on, component, '/config/tenant/v1/limits', tenant)) as unknown;
      return [tenant, { retention_period }, running] as const;
    }),
  );
  const wanted = Object.fromEntries(pairs.map(([tenant, limits]) => [tenant, limits]));
  return configuredAs(
    stringify(wanted),
    stringify(Object.fromEntries(pairs.map(([tenant, , running]) => [tenant, running]))),
  );
}

interface Limits {
  readonly retention_period: string;
}
