import { objectsRow } from '../../../rows/objects.ts';
import { processesRow } from '../../../rows/processes.ts';
import { ringsRow } from '../../../rows/rings.ts';
import { rulersRow } from '../../../rows/rulers.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page } from '../../../types.ts';
import { writes } from './write-path.ts';
import { reads } from './read-path.ts';
import { retention } from './retention.ts';
import { caches } from './caches.ts';

export const loki: Page = {
  uid: 'lgtm-loki',
  title: 'Loki',
  description: 'The store of logs: whether lines come in, are kept, and are found again.',
  folder: 'fleet',
  audience: 'stack',
  applies: (plan) => runs(plan, 'loki'),
  variables: () => [],
  rows: (plan) => [
    writes(plan),
    reads(plan),
    ringsRow('loki', own(plan, 'loki')),
    retention(plan),
    ...caches(plan),
    objectsRow('loki_objstore_bucket', own(plan, 'loki')),
    rulersRow('loki', own(plan, 'loki', 'ruler')),
    processesRow(plan, 'loki'),
  ],
};
