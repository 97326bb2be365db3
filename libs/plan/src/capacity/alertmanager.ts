import { bytes } from '@lgtm-fleet/units';
import { OWN, sized, type Sized } from '../sizing.ts';

const { MI, GI } = bytes;

/** Tells people of alerts that no Alertmanager of a store is told of. */
export function alertmanagerCapacity(): Sized {
  return sized('alertmanager', {
    role: 'alertmanager',
    kind: 'StatefulSet',
    replicas: 1,
    because: "a second one would need gossip, to tell nobody twice; a dead man's switch notices when it is gone",
    source: OWN,
    milliCpu: 10,
    memoryBytes: 48 * MI,
    burst: 3,
    volumeBytes: GI,
  });
}
