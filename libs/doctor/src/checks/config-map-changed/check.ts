import { changed, compareAt } from '../../drift.ts';
import { readersOf } from '../../mounts.ts';
import type { Check } from '../../types.ts';
import { lineDifferences } from '../../texts.ts';

export const check: Check = {
  id: 'config-map-changed',
  layer: 'inputs',
  runbook: 'argocd-out-of-sync',
  find: (view) =>
    changed(
      view,
      'ConfigMap',
      (pair) => [...lineDifferences(pair), ...compareAt(pair, ['binaryData'])],
      ({ metadata }) => readersOf(view, 'ConfigMap', metadata.namespace ?? '', metadata.name),
    ),
};
