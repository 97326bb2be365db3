import { missing } from '../../drift.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'service-missing',
  layer: 'inputs',
  runbook: 'store-down',
  find: (view) => missing(view, 'Service'),
};
