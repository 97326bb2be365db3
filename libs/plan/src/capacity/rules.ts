import { bytes } from '@lgtm-fleet/units';
import { OWN, sized, type Sized } from '../sizing.ts';

/** What brings the rules into the rulers: a shell that asks each store once a minute what it has. */
export function rulesCapacity(): Sized {
  return sized('rules', {
    role: 'rules',
    kind: 'Deployment',
    replicas: 1,
    because: 'one hand writes; two would bring the same, twice',
    source: OWN,
    milliCpu: 10,
    memoryBytes: 24 * bytes.MI,
    burst: 3,
  });
}
