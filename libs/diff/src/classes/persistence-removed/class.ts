import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, list, text, volumeOf, workloadOf, type Container, type Workload } from '@lgtm-fleet/manifests';
import { holding, subjectOf } from '../../view/stateful.ts';

export const persistenceRemoved: DangerClass = {
  meta: {
    id: 'persistence-removed',
    danger: 'D05',
    effect: 'data-loss',
    blocks: true,
    description: 'A folder that was on a volume is in the memory or on the disk of the pod now.',
    why: 'The next restart empties it: write-ahead logs, positions, marks of deleted data.',
    source: 'Systemorph/MeshWeaver#3773; grafana/loki#10743, #3397',
  },
  *find({ changes }) {
    for (const change of changes) {
      const [old, now] = [change.before, change.after].map((one) => (one === undefined ? undefined : workloadOf(one)));
      if (change.action !== 'changed' || old === undefined || now === undefined) continue;
      const kept = new Set(now.containers.flatMap((container) => persistent(now, container)));
      for (const path of old.containers.flatMap((container) => persistent(old, container)))
        if (!kept.has(path))
          yield {
            subject: `${subjectOf(change)}:${path}`,
            message: say`${path} of ${old.name} is no longer on a volume`,
            consequence: say`it is empty after each restart; the pods hold ${holding(old.manifest)?.holds ?? words('what is on it')}, and the old volume is read by nobody`,
            changes: [change],
          };
    }
  },
};

/** Paths of a container that outlive its pod. */
function persistent(workload: Workload, container: Container): readonly string[] {
  return list(container.body, 'volumeMounts').flatMap((mount) => {
    const volume = volumeOf(workload, text(mount, 'name') ?? '');
    const path = text(mount, 'mountPath');
    const isClaim =
      get(volume, 'persistentVolumeClaim') !== undefined || get(volume, 'spec', 'accessModes') !== undefined;
    return isClaim && path !== undefined ? [path] : [];
  });
}
