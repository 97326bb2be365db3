import { tried } from '../checks/diagnosis.ts';
import { oneAway } from '../checks/durability.ts';
import { ringOf } from '../checks/rings.ts';
import { scaled } from '../checks/scaling.ts';
import { logsByTenant, metricsByTenant } from '../checks/telemetry.ts';
import { ringGhost } from '../faults/ring-ghost.ts';
import { stage, type Place, type ScenarioResult } from '../scenario.ts';

/** A push may wait for a timeout of the replica that is away, and no longer. */
const MOST_SECONDS = 15;

/** Three replicas of Loki and Mimir: with one away, writes and reads go on; one that never left the ring is found. */
export function highlyAvailable(at: Place): Promise<ScenarioResult> {
  return stage(at, 'highly-available', 900, async (on) => {
    const { checks, cluster, door, place } = on;
    const [main, other] = await Promise.all([cluster.credential('main'), cluster.credential('other')]);
    await checks.run('metrics pushed come back, for their tenant only', () => metricsByTenant(door, main, other));
    await checks.run('logs pushed come back, for their tenant only', () => logsByTenant(door, main, other));
    const storm = { environment: place.environment, cluster, door, as: main };
    for (const component of ['loki', 'mimir'])
      await checks.run(`one of three replicas of ${component} killed: writes and reads go on`, () =>
        oneAway(storm, component, 'monolithic', `${component}-away`, MOST_SECONDS),
      );
    await checks.run('commits that give Loki a fourth replica and take it back: nothing acknowledged is lost', () =>
      scaled(on, main, 'loki', 3100, 3),
    );
    await tried(on, ringGhost);
    await checks.run("who is forgotten as the runbook says has left Mimir's ring", () =>
      ringOf(cluster, 'mimir', 'monolithic', 8080, '/ingester/ring', 'monolithic'),
    );
  });
}
