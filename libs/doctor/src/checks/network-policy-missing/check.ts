import { missing } from '../../drift.ts';
import { policySubjects } from '../../policies.ts';
import type { Check } from '../../types.ts';

/** Where another policy still selects the pods, what this one let through is closed; where none does, all is open. */
export const check: Check = {
  id: 'network-policy-missing',
  layer: 'inputs',
  runbook: 'network-policy-blocking',
  find: (view) => [
    ...missing(view, 'NetworkPolicy', (policy) => policySubjects(view, policy)),
    ...missing(view, 'CiliumNetworkPolicy', (policy) => policySubjects(view, policy)),
  ],
};
