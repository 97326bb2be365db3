import { bytes } from '@lgtm-fleet/units';
import { OWN, sized, type Sized } from '../sizing.ts';

/** The sample application: one pod of each role, whatever the cluster's load. */
export function sampleCapacity(): readonly Sized[] {
  return ['shop', 'stock', 'load'].map((role) =>
    sized('sample', {
      role,
      kind: 'Deployment',
      replicas: 1,
      because: 'a few requests a second, to show that everything works',
      source: OWN,
      milliCpu: 20,
      memoryBytes: 96 * bytes.MI,
      burst: 2,
    }),
  );
}
