import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { applyAll } from '../../kubernetes/apply.ts';
import { until } from '../wait.ts';
import { read, remove, statefulSet } from './hands.ts';
import { nothing, type Fault } from './types.ts';

interface Templated {
  readonly spec: {
    readonly template: { readonly metadata: object; readonly spec: { readonly volumes?: readonly object[] } };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

const GHOST = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'observability', name: 'loki-ghost' } } as const;

/** A pod more than planned joins the ring, and dies so suddenly that it cannot leave it. */
export const ringGhost: Fault = {
  name: "a member of Loki's ring goes, and stays in the ring",
  paused: [],
  put: async ({ cluster }) => {
    const { spec } = (await read(cluster, statefulSet('loki'))) as unknown as Templated;
    const { template, volumeClaimTemplates = [] } = spec;
    const claims = volumeClaimTemplates.map(({ metadata: { name } }) => ({ name, emptyDir: {} }));
    const pod = {
      ...GHOST,
      metadata: { ...template.metadata, ...GHOST.metadata },
      spec: { ...template.spec, volumes: [...(template.spec.volumes ?? []), ...claims], hostname: 'loki-ghost' },
    } as unknown as ClusterObject;
    await applyAll(cluster.client, [pod], 'somebody');
    await until('the ghost to be ready', { seconds: 180, everyMs: 2000 }, async () => {
      const found = (await cluster.pods('observability', 'loki')).find(({ name }) => name === 'loki-ghost');
      return found?.ready === true ? true : undefined;
    });
    await remove(cluster, GHOST, 0);
    return nothing;
  },
  cause: { checks: ['ring-ghost-member', 'ring-member-unhealthy'], where: /loki/ },
  alert: 'LokiRingUnhealthy',
};
