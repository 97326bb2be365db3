import { list } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { pathOf } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'cascading-finalizer',
    family: 'gitops',
    severity: 'error',
    description: 'Deleting an Application deletes what it made.',
    why: 'Whoever deletes the Application of a store, or renames it, deletes the store.',
    source: 'https://github.com/argoproj/argo-cd/issues/9853',
  },
  kinds: ['Application'],
  *manifest(manifest, cluster) {
    const at = list(manifest.body, 'metadata', 'finalizers').findIndex(
      (finalizer) => typeof finalizer === 'string' && finalizer.startsWith('resources-finalizer.argocd.argoproj.io'),
    );
    const path = pathOf(manifest);
    const stores = cluster.programs.filter(({ name }) => STORES.has(name)).map(({ workload }) => workload.manifest);
    const stateful = [...stores, ...cluster.ofKind('Namespace'), ...cluster.ofKind('PersistentVolumeClaim')].find(
      ({ folder, kind }) => folder === path && kind !== 'Deployment',
    );
    if (at < 0 || stateful === undefined) return;
    yield {
      place: inManifest(manifest, 'metadata', 'finalizers', at),
      message: `deleting \`${manifest.name}\` deletes the ${stateful.kind} \`${stateful.name}\` with it`,
      help: 'remove the finalizer; what an Application made then stays',
    };
  },
};

/** Programs whose volumes hold what nobody can make again. */
const STORES: ReadonlySet<string> = new Set(['loki', 'mimir', 'tempo', 'prometheus', 'grafana', 'kafka', 'seaweedfs']);
