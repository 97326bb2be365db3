import { saysNothing, tried } from '../checks/diagnosis.ts';
import { faults as all } from '../faults/index.ts';
import { stage, type Place, type ScenarioResult } from '../scenario.ts';

/** One fault after the other is put in: the doctor names each, its alert waits to fire, and the doctor has nothing to say before and after. */
export function faults(place: Place): Promise<ScenarioResult> {
  return stage(place, 'faults', 900, async (on) => {
    const { checks } = on;
    await checks.run('of a healthy stack the doctor says nothing', () => saysNothing(on));
    for (const fault of all) await tried(on, fault);
    await checks.run('with every fault mended the doctor says nothing', () => saysNothing(on));
  });
}
