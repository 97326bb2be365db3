import { missing } from '../../drift.ts';
import type { Check } from '../../types.ts';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

export const check: Check = {
  id: 'workload-missing',
  layer: 'inputs',
  runbook: 'workload-unavailable',
  find: (view) => KINDS.flatMap((kind) => missing(view, kind)),
};
