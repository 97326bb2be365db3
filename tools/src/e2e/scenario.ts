import { checksOf, type Checks } from './check.ts';
import type { Cleanup } from './cleanup.ts';
import { cli, checkOut, type Checkout, type Edit } from './checkout.ts';
import { headOf } from './checks/gitops.ts';
import { inWaves, quiet, synced, unwarned, type Awaited } from './checks/sync.ts';
import { clusterOf, openFrontDoor, type Cluster } from './cluster.ts';
import type { Environment } from './environment.ts';
import type { FrontDoor } from './front-door.ts';
import type { Client } from '../kubernetes/client.ts';
import { everything } from '../kubernetes/remove.ts';
import { ARGOCD_NAMESPACE, TRACKING } from '@lgtm-fleet/bootstrap';
import { namespaces } from '@lgtm-fleet/overlay';
import type { CheckResult } from './report.ts';
import { missingComponents, type Missing } from './images.ts';
import { COLLECTOR_FILE, collectInAlloysPlace, sendInAlloysPlace } from './stand-ins.ts';

export interface Place {
  readonly environment: Environment;
  readonly client: Client;
  readonly cleanup: Cleanup;
}

/** A cluster of a fixture that is up, and what a scenario asks of it. */
export interface Stage extends Awaited {
  readonly place: Place;
  readonly checks: Checks;
  readonly door: FrontDoor;
  /** Why checks of a component cannot run, where they cannot. */
  readonly why: (component: string) => string;
}

/** What a fixture cannot know before the run. */
export interface Prepared {
  readonly edits?: readonly Edit[];
  /** More flags of bootstrap: what only a person knows. */
  readonly flags?: readonly string[];
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
  { edits, flags }: Prepared = {},
): Promise<ScenarioResult> {
  const { environment, client, cleanup } = place;
  const checks = checksOf(fixture);
  const checkout = await checkOut(environment, cleanup, fixture, edits);
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
      await bootstrap(environment, checkout, flags);
      return {};
    });
    if (!up) return { checks: checks.results, missing };
    if (names.has('alloy')) await collectInAlloysPlace(cluster, checkout);
    const ready = await checks.run('every Application whose images exist is Synced and Healthy', async () =>
      synced(awaited, await headOf(checkout), syncSeconds),
    );
    if (!ready) return { checks: checks.results, missing };
    await checks.run('a second bootstrap changes nothing', async () => {
      const said = await bootstrap(environment, checkout, flags);
      if (!said.includes('nothing was changed')) throw new Error(said);
      return {};
    });
    await checks.run('each wave waited for the one before', () => inWaves(awaited));
    // Neither changes anything, so both look at once.
    await Promise.all([
      checks.run('no object drifts, and nothing is synced again', () => quiet(awaited, 30)),
      checks.run('the API server takes all of it without a warning', () => unwarned(checkout)),
    ]);
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
  }
  return { checks: checks.results, missing };
}

/** What bootstrap says. */
export async function bootstrap(
  { argocdManifests }: Environment,
  { root, cluster }: Checkout,
  flags: readonly string[] = [],
): Promise<string> {
  const manifests = argocdManifests === undefined ? [] : ['--argocd-manifests', argocdManifests];
  return await cli(['bootstrap', '--root', root, '--cluster', cluster, '--no-wait', ...manifests, ...flags], 900);
}

async function expectGone({ client }: Cluster, { cluster }: Checkout): Promise<void> {
  const found = await everything(client, [ARGOCD_NAMESPACE]);
  const left = found
    .filter(
      ({ kind, metadata }) =>
        kind === 'Application' || (kind === 'Namespace' && namespaces.some((name) => name === metadata.name)),
    )
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  if (left.length > 0) throw new Error(`${left.join(', ')} left behind`);
  // Argo CD and definitions of third parties stay, for whoever comes next.
  const held = found.filter(({ metadata }) => metadata.annotations?.[TRACKING]?.startsWith(cluster) === true);
  if (held.length > 0)
    throw new Error(`${held.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ')} still tracked`);
}
