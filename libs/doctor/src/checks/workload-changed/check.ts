import { changed, compareAt } from '../../drift.ts';
import type { Check } from '../../types.ts';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** Images, limits, arguments, environment, volumes and labels of the pods; of replicas others speak. */
export const check: Check = {
  id: 'workload-changed',
  layer: 'inputs',
  runbook: 'argocd-out-of-sync',
  find: (view) =>
    KINDS.flatMap((kind) =>
      changed(view, kind, (pair) => [
        ...compareAt(pair, ['spec', 'template']),
        ...compareAt(pair, ['spec', 'updateStrategy']),
        ...compareAt(pair, ['spec', 'strategy']),
      ]),
    ),
};
