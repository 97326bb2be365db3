import { objectsRow } from '../../../rows/objects.ts';
import { processesRow } from '../../../rows/processes.ts';
import { ringsRow } from '../../../rows/rings.ts';
import { rulersRow } from '../../../rows/rulers.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page } from '../../../types.ts';
import { writes } from './write-path.ts';
import { reads } from './read-path.ts';
import { compaction } from './compaction.ts';
import { caches } from './caches.ts';
import { notifications } from './notifications.ts';

export const mimir: Page = {
  uid: 'lgtm-mimir',
  title: 'Mimir',
  description: 'The store of metrics: whether samples come in, are kept, and are found again.',
  folder: 'fleet',
  audience: 'stack',
  applies: (plan) => runs(plan, 'mimir'),
  variables: () => [],
  rows: (plan) => [
    writes(plan),
    reads(plan),
    ringsRow('cortex', own(plan, 'mimir')),
    compaction(plan),
    ...caches(plan),
    objectsRow('thanos_objstore_bucket', own(plan, 'mimir')),
    rulersRow('cortex', own(plan, 'mimir', 'ruler')),
    notifications(plan),
    processesRow(plan, 'mimir'),
  ],
};
