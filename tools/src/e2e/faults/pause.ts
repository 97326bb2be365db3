import type { ComponentName } from '@lgtm-fleet/plan';
import type { Reference } from '../../kubernetes/client.ts';
import type { Stage } from '../scenario.ts';
import { until } from '../wait.ts';
import { patch, read } from './hands.ts';

const application = (name: string): Reference => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { namespace: 'argocd', name },
});

/** Argo CD takes it away when it has looked: until then its status is that of before. */
const REFRESH = 'argocd.argoproj.io/refresh';

interface Syncing {
  readonly spec: { readonly syncPolicy?: { readonly automated?: unknown } };
}

/** Stops the syncs of some components, and that of the root, which would start them again. Returns what undoes it. */
export async function pause(
  { cluster, checkout }: Stage,
  components: readonly ComponentName[],
): Promise<() => Promise<void>> {
  if (components.length === 0) return () => Promise.resolve();
  const names = [checkout.cluster, ...components.map((component) => `${checkout.cluster}-${component}`)];
  const before = await Promise.all(
    names.map(async (name) => ((await read(cluster, application(name))) as unknown as Syncing).spec.syncPolicy),
  );
  for (const name of names) await patch(cluster, application(name), { spec: { syncPolicy: { automated: null } } });
  return async () => {
    for (const [index, name] of names.entries())
      await patch(cluster, application(name), {
        spec: { syncPolicy: { automated: before[index]?.automated ?? null } },
        // Looks at the cluster at once, and not when it would next.
        metadata: { annotations: { [REFRESH]: 'normal' } },
      });
    for (const name of names)
      await until(`Argo CD to look at ${name}`, { seconds: 120 }, async () => {
        const { metadata } = await read(cluster, application(name));
        return metadata.annotations?.[REFRESH] === undefined ? true : undefined;
      });
  };
}
