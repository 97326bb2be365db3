import type { Plan } from '@lgtm-fleet/plan';
import { parse } from '@lgtm-fleet/spec';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from '../../../workspace/tree.ts';
import { edited } from '../../checkout.ts';
import { SENDER, sourcesOf, type Shown } from '../sources.ts';

const FIXTURE = join(import.meta.dirname, '../../../../fixtures/e2e/single/clusters/e2e-single/cluster.yaml');

/** The fixture's cluster after the commit that adds what is shown outside. */
export function plannedWith(shown: Shown): Plan {
  const value = { sources: sourcesOf(shown), senders: [SENDER] };
  const text = edited(readFileSync(FIXTURE, 'utf8'), { path: ['spec', 'ingest'], value });
  const parsed = parse({ path: 'cluster.yaml', text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('; '));
  const { cluster } = parsed.value;
  return planOf({ cluster, fleet: [cluster], repository: 'https://git.example.com/fleet.git' });
}

/** Everything runs, at addresses that are nobody's. */
export const ALL: Shown = {
  node: '192.0.2.1:9100',
  blackbox: '192.0.2.1:9115',
  postgresql: '192.0.2.1:9187',
  redis: '192.0.2.1:9121',
  counter: '192.0.2.1:8000',
};
