import type { Stage } from '../scenario.ts';
import { withPod } from '../pod-port.ts';
import { until } from '../wait.ts';
import { patch, statefulSet } from './hands.ts';
import type { Fault } from './types.ts';

const PLANNED = 3;
const GHOST = `mimir-${String(PLANNED)}`;
const MIMIR = { namespace: 'observability', component: 'mimir', role: 'monolithic', port: 8080 } as const;
/** A process with every role is in all of them. */
const RINGS = ['ingester', 'distributor', 'store-gateway', 'compactor', 'ruler'];

/**
 * Somebody gives Mimir a replica more and takes it back, and does not ask it to leave before: an ingester that ends
 * stays in its ring, for it may come back, and Mimir forgets none. It needs a ring of several, so it is not among those
 * that are put into one node.
 */
export const ringGhost: Fault = {
  name: "a member of Mimir's ring goes, and stays in the ring",
  paused: ['mimir'],
  put: async (on) => {
    for (const replicas of [PLANNED + 1, PLANNED]) await scaledTo(on, replicas);
    await ended(on);
    return () => forget(on);
  },
  cause: { checks: ['ring-ghost-member'], where: new RegExp(GHOST) },
};

async function scaledTo({ cluster }: Stage, replicas: number): Promise<void> {
  await patch(cluster, statefulSet('mimir'), { spec: { replicas } });
  await until(`${String(replicas)} replicas of Mimir`, { seconds: 480, everyMs: 2000 }, async () => {
    const pods = await cluster.pods(MIMIR.namespace, MIMIR.component, MIMIR.role);
    return pods.length === replicas && pods.every(({ ready }) => ready) ? true : undefined;
  });
}

/** A process of Mimir ends in seconds, though the others are connected to it. */
async function ended({ cluster }: Stage): Promise<void> {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: MIMIR.namespace, name: GHOST } };
  await until(`${GHOST} to end`, { seconds: 120 }, async () =>
    (await cluster.client.read(pod)) === undefined ? true : undefined,
  );
}

/** As its page says. A ring that it has left by itself answers that it does not know it. */
async function forget({ cluster }: Stage): Promise<void> {
  await withPod(cluster, MIMIR, async (ask) => {
    for (const ring of RINGS)
      await ask(`/${ring}/ring?forget=${GHOST}`, { method: 'POST' }).catch((error: unknown) => {
        if (ring === 'ingester') throw error;
      });
  });
}
