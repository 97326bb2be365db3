import { changed, compareAt } from '../../drift.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'service-changed',
  layer: 'inputs',
  runbook: 'argocd-out-of-sync',
  find: (view) =>
    changed(view, 'Service', (pair) => [
      ...compareAt(pair, ['spec', 'selector'], true),
      ...compareAt(pair, ['spec', 'ports']),
    ]),
};
