import { get } from '../../commands.ts';
import { brief, containersOf, complaintsOf, onPod } from '../../containers.ts';
import { placeOf } from '../../drift.ts';
import { subjectOf } from '../../subjects.ts';
import type { Check, Found } from '../../types.ts';
import type { View } from '../../view.ts';

const FULL = 0.95;
const FILLING = 0.85;
const NO_SPACE = /no space left on device|ENOSPC|disk quota exceeded/i;

export const check: Check = {
  id: 'volume-full',
  layer: 'inputs',
  runbook: 'wal-disk-full',
  find: (view) => {
    const measured = byKubelet(view);
    const known = new Set(measured.map(({ about }) => about.join()));
    return [...measured, ...byWords(view).filter(({ about }) => !known.has(about.join()))];
  },
};

function byKubelet(view: View): readonly Found[] {
  return (view.facts.volumes ?? []).flatMap(({ namespace, pod, claim, usedBytes, capacityBytes, freeInodes }) => {
    const used = capacityBytes === 0 ? 0 : usedBytes / capacityBytes;
    if (used < FILLING && freeInodes !== 0) return [];
    const owner = view.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === pod);
    const full = used >= FULL || freeInodes === 0;
    return [
      {
        severity: full ? 'error' : 'warning',
        what: `the volume of ${pod} is ${freeInodes === 0 ? 'out of inodes' : `${(used * 100).toFixed(0)} % full`}`,
        where: placeOf('PersistentVolumeClaim', namespace, claim),
        why: [`${mebibytes(usedBytes)} of ${mebibytes(capacityBytes)} are used, the kubelet says`],
        next: get('pvc', namespace, claim),
        about: [owner === undefined ? pod : subjectOf(owner)],
        ...(!full && { runbook: 'volume-filling' as const }),
      },
    ];
  });
}

/** A volume that is a folder of its node has the numbers of the node's disk; then the program says it. */
function byWords(view: View): readonly Found[] {
  const seen = new Set<string>();
  return containersOf(view).flatMap(({ pod, name, ended }) => {
    const line = [...complaintsOf(view, pod, name), ended?.message ?? ''].findLast((one) => NO_SPACE.test(one));
    if (line === undefined || seen.has(pod.metadata.name)) return [];
    seen.add(pod.metadata.name);
    return [
      {
        ...onPod(pod),
        severity: 'error' as const,
        what: `a volume of ${pod.metadata.name} is full`,
        why: [`container ${name} wrote: ${brief(line)}`],
        next: get('pvc', pod.metadata.namespace),
      },
    ];
  });
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
