import type { Seen } from '../check.ts';
import type { Cluster, RunningPod } from '../cluster.ts';
import type { Environment } from '../environment.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { until } from '../wait.ts';
import { readBack, write, type Written } from '../writer.ts';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Storm {
  readonly environment: Environment;
  readonly cluster: Cluster;
  readonly door: FrontDoor;
  readonly as: Credential;
}

const NAMESPACE = 'observability';
const RECOVERY = { seconds: 300, everyMs: 1000 };

/** Kills every pod of the stores in turn while a writer writes; what was acknowledged is there afterwards. */
export async function killedInTurn(storm: Storm, components: readonly string[], name: string): Promise<Seen> {
  const writer = write(storm.door, storm.as, name);
  await sleep(5000);
  let kills = 0;
  try {
    for (const component of components) {
      for (const pod of await storm.cluster.pods(NAMESPACE, component)) {
        await storm.environment.kill(pod);
        kills += 1;
        await recovered(storm.cluster, component, [pod]);
        await sleep(3000);
      }
    }
  } finally {
    await sleep(3000);
  }
  const written = await writer.stop();
  const seen = await readAll(storm, written);
  return {
    ...seen,
    detail: `${String(kills)} kills; longest time without an acknowledgement ${written.longestGap.toFixed(1)} s`,
  };
}

/** Kills everything at once. */
export async function killedAtOnce(storm: Storm, components: readonly string[], name: string): Promise<Seen> {
  const writer = write(storm.door, storm.as, name);
  await sleep(5000);
  const pods = (await Promise.all(components.map((component) => storm.cluster.pods(NAMESPACE, component)))).flat();
  await Promise.all(pods.map((pod) => storm.environment.kill(pod)));
  for (const component of components) await recovered(storm.cluster, component, pods);
  await sleep(5000);
  const written = await writer.stop();
  const seen = await readAll(storm, written);
  return {
    ...seen,
    detail: `${String(pods.length)} pods at once; longest time without an acknowledgement ${written.longestGap.toFixed(1)} s`,
  };
}

/** One replica of a ring is away, and writes and reads go on without it. */
export async function oneAway(
  storm: Storm,
  component: string,
  role: string,
  name: string,
  mostSeconds: number,
): Promise<Seen> {
  const [victim] = await storm.cluster.pods(NAMESPACE, component, role);
  if (victim === undefined) throw new Error(`${component} has no pod`);
  const writer = write(storm.door, storm.as, name);
  await sleep(5000);
  await storm.environment.kill(victim);
  await sleep(15_000);
  const written = await writer.stop();
  // Read before it is back where it can be; what it has alone must be with another as well.
  const seen = await readAll(storm, written);
  await recovered(storm.cluster, component, [victim]);
  if (written.longestGap > mostSeconds)
    throw new Error(`nothing was acknowledged for ${written.longestGap.toFixed(1)} s`);
  return {
    ...seen,
    detail: `${victim.name} killed; longest time without an acknowledgement ${written.longestGap.toFixed(1)} s`,
  };
}

/** @throws Shortfall where something acknowledged is not there after two minutes */
export async function readAll({ door, as }: Pick<Storm, 'door' | 'as'>, written: Written): Promise<Seen> {
  let last: unknown;
  try {
    return await until('everything acknowledged to be read back', { seconds: 120, everyMs: 3000 }, async () => {
      try {
        return await readBack(door, as, written);
      } catch (error) {
        last = error;
        throw error;
      }
    });
  } catch (error) {
    // With its counts.
    throw last ?? error;
  }
}

/** Ready again, and really another process than before. */
async function recovered(cluster: Cluster, component: string, killed: readonly RunningPod[]): Promise<void> {
  await until(`${component} to be back`, RECOVERY, async () => {
    const now = await cluster.pods(NAMESPACE, component);
    const same = now.filter((pod) => killed.some(({ uid, restarts }) => uid === pod.uid && restarts === pod.restarts));
    return now.length > 0 && same.length === 0 && now.every(({ ready }) => ready) ? true : undefined;
  });
}
