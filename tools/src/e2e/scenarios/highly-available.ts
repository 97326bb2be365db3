import { oneAway } from '../checks/durability.ts';
import { logsByTenant, metricsByTenant } from '../checks/telemetry.ts';
import { stage, type Place, type ScenarioResult } from '../scenario.ts';

/** A push may wait for a timeout of the replica that is away, and no longer. */
const MOST_SECONDS = 15;

/** Three replicas of Loki and Mimir: with one away, writes and reads go on. */
export function highlyAvailable(place: Place): Promise<ScenarioResult> {
  return stage(place, 'highly-available', 900, async ({ checks, cluster, door, place: { environment } }) => {
    const [main, other] = await Promise.all([cluster.credential('main'), cluster.credential('other')]);
    await checks.run('metrics pushed come back, for their tenant only', () => metricsByTenant(door, main, other));
    await checks.run('logs pushed come back, for their tenant only', () => logsByTenant(door, main, other));
    const storm = { environment, cluster, door, as: main };
    for (const component of ['loki', 'mimir'])
      await checks.run(`one of three replicas of ${component} killed: writes and reads go on`, () =>
        oneAway(storm, component, 'monolithic', `${component}-away`, MOST_SECONDS),
      );
  });
}
