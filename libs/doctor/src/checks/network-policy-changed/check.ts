import { changed, compareAt } from '../../drift.ts';
import { policySubjects } from '../../policies.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'network-policy-changed',
  layer: 'inputs',
  runbook: 'network-policy-blocking',
  find: (view) =>
    (['NetworkPolicy', 'CiliumNetworkPolicy'] as const).flatMap((kind) =>
      changed(
        view,
        kind,
        (pair) => compareAt(pair, ['spec'], true),
        (policy) => policySubjects(view, policy),
      ),
    ),
};
