import { inManifest } from '../../place.ts';
import { bucketsOf } from '../../view/buckets.ts';
import type { Rule } from '../../types.ts';
import { titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'files-with-replicas',
    family: 'storage',
    severity: 'error',
    description: 'A store that keeps its objects as files has more than one pod.',
    why: 'Each pod has a volume of its own: what one wrote the others do not find, and answers depend on who is asked.',
    source: 'https://grafana.com/docs/loki/latest/configure/storage/#file-system',
  },
  *cluster(cluster) {
    for (const bucket of bucketsOf(cluster)) {
      if (bucket.backend !== 'filesystem' && bucket.backend !== 'local') continue;
      const { programs, store } = bucket.store;
      // What a ConfigMap brings is the same in every pod, and nobody writes it.
      if (programs.some(({ files }) => files.some(({ path }) => path.startsWith(`${bucket.name}/`)))) continue;
      const workloads = [...new Set(programs.map(({ workload }) => workload))];
      const pods = workloads.reduce((sum, { replicas }) => sum + (replicas ?? 1), 0);
      if (pods < 2) continue;
      // Where the plan has files it is the pods that are too many, and else it is the files that are wrong.
      const many =
        cluster.plan.objectStorage.kind === 'filesystem' && workloads.find(({ replicas }) => (replicas ?? 1) > 1);
      yield {
        place: many ? inManifest(many.manifest, 'spec', 'replicas') : bucket.place,
        message: `${bucket.what} are files in \`${bucket.name}\`, but ${titleOf(store)} has ${String(pods)} pods`,
        help: 'keep objects in an object storage, or run one pod',
        derivedFrom: ['spec', 'objectStorage'],
      };
    }
  },
};
