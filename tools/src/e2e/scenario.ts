import { checksOf, type Checks } from './check.ts';
import { cli, checkOut, type Checkout } from './checkout.ts';
import { headOf } from './checks/gitops.ts';
import { quiet, synced, type Awaited } from './checks/sync.ts';
import { clusterOf, openFrontDoor, type Cluster } from './cluster.ts';
import type { Environment } from './environment.ts';
import type { FrontDoor } from './front-door.ts';
import type { Client } from '../kubernetes/client.ts';
import { namespaces } from '@lgtm-fleet/overlay';
import type { CheckResult } from './report.ts';
import { missingComponents, type Missing } from './images.ts';
import { COLLECTOR_FILE, collectInAlloysPlace, sendInAlloysPlace } from './stand-ins.ts';

export interface Place {
  readonly environment: Environment;
  readonly client: Client;
}

/** A cluster of a fixture that is up, and what a scenario asks of it. */
export interface Stage extends Awaited {
  readonly place: Place;
  readonly checks: Checks;
  readonly door: FrontDoor;
  /** Why checks of a component cannot run, where they cannot. */
  readonly why: (component: string) => string;
}

export interface ScenarioResult {
  readonly checks: readonly CheckResult[];
  readonly missing: readonly Missing[];
}

/** Bootstraps a fixture on an empty cluster, plays the scenario, and takes everything away again. */
export async function stage(
  place: Place,
  fixture: string,
  syncSeconds: number,
  play: (stage: Stage) => Promise<void>,
): Promise<ScenarioResult> {
  const { environment, client } = place;
  const checks = checksOf(fixture);
  const checkout = await checkOut(environment, fixture);
  const cluster = clusterOf(client, environment.config);
  let missing: readonly Missing[] = [];
  let bootstrapped = false;
  try {
    const files = await checkout.render();
    missing = missingComponents(files, await environment.load([...files, COLLECTOR_FILE]));
    const names = new Set(missing.map(({ component }) => component));
    if (names.has('alloy-gateway')) await sendInAlloysPlace(checkout);
    const awaited: Awaited = { checkout, cluster, missing: names };
    bootstrapped = true;
    const up = await checks.run('bootstrap', async () => {
      await bootstrap(environment, checkout);
      return {};
    });
    if (!up) return { checks: checks.results, missing };
    if (names.has('alloy')) await collectInAlloysPlace(cluster, checkout);
    const ready = await checks.run('every Application whose images exist is Synced and Healthy', async () =>
      synced(awaited, await headOf(checkout), syncSeconds),
    );
    if (!ready) return { checks: checks.results, missing };
    await checks.run('a second bootstrap changes nothing', async () => {
      const said = await bootstrap(environment, checkout);
      if (!said.includes('nothing was changed')) throw new Error(said);
      return {};
    });
    await checks.run('nothing drifts', () => quiet(awaited, 30));
    const door = await openFrontDoor(cluster);
    try {
      await play({
        ...awaited,
        place,
        checks,
        door,
        why: (component) =>
          `this cluster cannot get ${missing.find((one) => one.component === component)?.image ?? component}`,
      });
    } finally {
      door.close();
    }
  } finally {
    if (bootstrapped)
      await checks.run('teardown leaves nothing of it', async () => {
        await cli(['teardown', '--cluster', checkout.cluster, '--yes', '--delete-data'], 600);
        await expectGone(cluster, checkout);
        return {};
      });
    checkout.remove();
  }
  return { checks: checks.results, missing };
}

async function bootstrap({ argocdManifests }: Environment, { root, cluster }: Checkout): Promise<string> {
  const manifests = argocdManifests === undefined ? [] : ['--argocd-manifests', argocdManifests];
  return await cli(['bootstrap', '--root', root, '--cluster', cluster, '--no-wait', ...manifests], 900);
}

async function expectGone({ client }: Cluster, { cluster }: Checkout): Promise<void> {
  const applications = await client.list({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }, 'argocd');
  const left = (applications ?? []).filter(({ metadata }) => metadata.name.startsWith(cluster));
  // Argo CD itself stays, and keeps itself, unless it is told to go.
  const names = left.map(({ metadata }) => metadata.name).filter((name) => name !== `${cluster}-argocd`);
  if (names.length > 0) throw new Error(`${names.join(', ')} left behind`);
  for (const name of namespaces) {
    const namespace = await client.read({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    if (namespace !== undefined) throw new Error(`namespace ${name} left behind`);
  }
}
