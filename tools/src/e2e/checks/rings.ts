import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { withPod } from '../pod-port.ts';
import { until } from '../wait.ts';

interface Ring {
  readonly shards?: readonly { readonly id: string; readonly state: string }[];
}

/** A ring has as many members as there are pods, and all of them are ACTIVE. */
export async function ringOf(
  cluster: Cluster,
  component: string,
  role: string,
  port: number,
  path: string,
  member: string,
): Promise<Seen> {
  return await withPod(cluster, { namespace: 'observability', component, role, port }, (ask) =>
    until(`the ring of ${component}`, { seconds: 180, everyMs: 3000 }, async () => {
      const pods = await cluster.pods('observability', component, member);
      const { shards = [] } = JSON.parse(await ask(path, { headers: { accept: 'application/json' } })) as Ring;
      const active = shards.filter(({ state }) => state === 'ACTIVE');
      if (active.length !== pods.length || shards.length !== pods.length)
        throw new Error(
          `${String(active.length)} of ${String(shards.length)} members are ACTIVE, ${String(pods.length)} pods run`,
        );
      return { detail: `${String(active.length)} members, all ACTIVE` };
    }),
  );
}
