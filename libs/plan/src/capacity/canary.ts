import { bytes } from '@lgtm-fleet/units';
import { OWN, sized, type Sized } from '../sizing.ts';

const { MI } = bytes;

/** What the canaries need, whatever the cluster's load: a line a second, a thousand series, a trace every 15 seconds. */
export function canaryCapacity(): readonly Sized[] {
  return [
    sized('canary', {
      role: 'logs',
      kind: 'Deployment',
      replicas: 1,
      because: 'a line a second, tailed and queried back',
      source: OWN,
      milliCpu: 10,
      memoryBytes: 32 * MI,
      burst: 3,
    }),
    sized('canary', {
      role: 'metrics',
      kind: 'Deployment',
      replicas: 1,
      because: 'a thousand series every 20 seconds, queried back each minute; two would disturb each other',
      source: OWN,
      milliCpu: 20,
      memoryBytes: 96 * MI,
      burst: 3,
    }),
    sized('canary-traces', {
      role: 'canary-traces',
      kind: 'Deployment',
      replicas: 1,
      because: 'a trace every 15 seconds, queried back; two would write the same traces',
      source: OWN,
      milliCpu: 20,
      memoryBytes: 96 * MI,
      burst: 3,
    }),
  ];
}
