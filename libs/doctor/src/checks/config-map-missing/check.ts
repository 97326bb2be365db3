import { missing } from '../../drift.ts';
import { readersOf } from '../../mounts.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'config-map-missing',
  layer: 'inputs',
  runbook: 'mount-missing',
  find: (view) =>
    missing(view, 'ConfigMap', ({ metadata }) => readersOf(view, 'ConfigMap', metadata.namespace ?? '', metadata.name)),
};
