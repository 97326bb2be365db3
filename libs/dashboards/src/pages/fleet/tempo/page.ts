import { processesRow } from '../../../rows/processes.ts';
import { ringsRow } from '../../../rows/rings.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page } from '../../../types.ts';
import { writes } from './write-path.ts';
import { reads } from './read-path.ts';
import { generator } from './generator.ts';
import { retention } from './retention.ts';
import { caches } from './caches.ts';
import { objects } from './objects.ts';

export const tempo: Page = {
  uid: 'lgtm-tempo',
  title: 'Tempo',
  description: 'The store of traces: whether spans come in, are kept, are found again, and become metrics.',
  folder: 'fleet',
  audience: 'stack',
  applies: (plan) => runs(plan, 'tempo'),
  variables: () => [],
  rows: (plan) => [
    writes(plan),
    reads(plan),
    ringsRow('tempo', own(plan, 'tempo')),
    generator(plan),
    retention(plan),
    ...caches(plan),
    ...(plan.objectStorage.kind === 'filesystem' ? [] : [objects(plan)]),
    processesRow(plan, 'tempo'),
  ],
};

/** Who reads spans from Kafka, and how far behind. */
