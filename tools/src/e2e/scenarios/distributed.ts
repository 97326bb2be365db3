import { oneAway } from '../checks/durability.ts';
import { ringOf } from '../checks/rings.ts';
import { logsByTenant, metricsByTenant } from '../checks/telemetry.ts';
import { stage, type Place, type ScenarioResult } from '../scenario.ts';

/** Every role of Loki and Mimir in pods of its own, scaled down to one node. */
export function distributed(place: Place): Promise<ScenarioResult> {
  return stage(place, 'distributed', 1200, async ({ checks, cluster, door, place: { environment } }) => {
    const [main, other] = await Promise.all([cluster.credential('main'), cluster.credential('other')]);
    await checks.run("Loki's ingesters form their ring", () =>
      ringOf(cluster, 'loki', 'distributor', 3100, '/ring', 'ingester'),
    );
    await checks.run("Mimir's ingesters form their ring", () =>
      ringOf(cluster, 'mimir', 'distributor', 8080, '/ingester/ring', 'ingester'),
    );
    await checks.run('metrics pushed come back, for their tenant only', () => metricsByTenant(door, main, other));
    await checks.run('logs pushed come back, for their tenant only', () => logsByTenant(door, main, other));
    const storm = { environment, cluster, door, as: main };
    for (const component of ['loki', 'mimir'])
      await checks.run(`one ingester of ${component} killed: writes and reads go on`, () =>
        oneAway(storm, component, 'ingester', `${component}-ingester-away`, 30),
      );
  });
}
