import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { grafanasOf } from '../../view/grafana-settings.ts';
import { scalingOf } from '../../view/scaling.ts';

export const rule: Rule = {
  meta: {
    id: 'replicated-sqlite',
    family: 'grafana',
    severity: 'error',
    description: 'Grafana has more than one replica and keeps its database in a file.',
    why: 'Each replica has a database of its own, or they break the one that they share: users are signed out at random, and what was saved is gone at the next click.',
    source: 'https://github.com/grafana/grafana/issues/16638',
  },
  *cluster(cluster) {
    for (const { program, setting } of grafanasOf(cluster)) {
      const { workload } = program;
      const { max, autoscaler } = scalingOf(workload, cluster);
      const type = setting('database', 'type');
      const url = setting('database', 'url');
      if (max < 2 || url !== undefined || (type !== undefined && type.value !== 'sqlite3')) continue;
      yield {
        place:
          autoscaler === undefined
            ? inManifest(workload.manifest, 'spec', 'replicas')
            : inManifest(autoscaler.manifest, ...autoscaler.maxPath),
        message: `Grafana has up to ${String(max)} replicas, and its database is a file of each`,
        label: 'at most 1',
        help: 'set it to 1, or keep the database in PostgreSQL: `spec.grafana.database.postgres`',
        derivedFrom: ['spec', 'grafana', 'database'],
      };
    }
  },
};
