import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { applyAll } from '../../kubernetes/apply.ts';
import type { Cluster } from '../cluster.ts';
import { until } from '../wait.ts';
import { read, remove, statefulSet } from './hands.ts';
import type { Fault } from './types.ts';

interface Templated {
  readonly spec: {
    readonly template: { readonly metadata: object; readonly spec: { readonly volumes?: readonly object[] } };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

const NAME = 'mimir-ghost';
const GHOST = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'observability', name: NAME } } as const;
/** A process with every role is in all of them. */
const RINGS = ['ingester', 'distributor', 'store-gateway', 'compactor', 'ruler'];

/** A pod more than planned joins the ring, and dies so suddenly that it cannot leave it. Mimir forgets no ingester. */
export const ringGhost: Fault = {
  name: "a member of Mimir's ring goes, and stays in the ring",
  paused: [],
  put: async ({ cluster, place }) => {
    const { spec } = (await read(cluster, statefulSet('mimir'))) as unknown as Templated;
    const { template, volumeClaimTemplates = [] } = spec;
    const claims = volumeClaimTemplates.map(({ metadata: { name } }) => ({ name, emptyDir: {} }));
    const pod = {
      ...GHOST,
      metadata: { ...template.metadata, ...GHOST.metadata },
      spec: {
        ...template.spec,
        volumes: [...(template.spec.volumes ?? []), ...claims],
        hostname: NAME,
        restartPolicy: 'Never',
      },
    } as unknown as ClusterObject;
    await applyAll(cluster.client, [pod], 'somebody');
    const ghost = await until('the ghost to be ready', { seconds: 180, everyMs: 2000 }, async () =>
      (await cluster.pods('observability', 'mimir')).find(({ name, ready }) => name === NAME && ready),
    );
    // Whoever is asked to end, even at once, leaves the ring.
    await place.environment.kill(ghost);
    await remove(cluster, GHOST, 0);
    return () => forget(cluster);
  },
  cause: { checks: ['ring-ghost-member', 'ring-member-unhealthy'], where: /mimir/ },
  alert: { name: 'MimirRingUnhealthy' },
};

/** As the runbook says. What does not know it, or has forgotten it by itself, answers so. */
async function forget(cluster: Cluster): Promise<void> {
  const { url, close } = await cluster.reach('observability', 'mimir', 'monolithic', 8080);
  try {
    for (const ring of RINGS)
      await fetch(`${url}/${ring}/ring?forget=${NAME}`, { method: 'POST', signal: AbortSignal.timeout(15_000) });
  } finally {
    close();
  }
}
