import { isObject, text, type Json, type Path } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { runs } from '../../view/rings.ts';
import { scalingOf } from '../../view/scaling.ts';

const STORES = ['loki', 'mimir', 'tempo'];

export const rule: Rule = {
  meta: {
    id: 'in-memory-ring-with-replicas',
    family: 'rings',
    severity: 'error',
    description: 'A ring is kept in the memory of each process, but there are several.',
    why: 'Every process knows only itself: each writes all it gets as its own, queries find a part, and compactors work against each other.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-hash-rings/',
  },
  *cluster(cluster) {
    for (const store of STORES) {
      for (const [config, programs] of Map.groupBy(cluster.programsOf(store), (program) => program.config)) {
        if (config?.value === undefined) continue;
        for (const path of inMemory(config.value)) {
          const section = String(path[0]);
          // Loki's compactor is one anyway: a ring of its own keeps it out of the election.
          if (store === 'loki' && section === 'compactor') continue;
          const users = section === 'common' ? programs : programs.filter((program) => uses(program, section));
          const pods = users.reduce((sum, { workload }) => sum + scalingOf(workload, cluster).max, 0);
          if (pods < 2) continue;
          yield {
            place: inConfig(config, ...path),
            message: `\`${path.slice(0, -2).join('.')}\` is kept in memory, but ${String(pods)} pods of ${store} use it`,
            label: 'known to one process only',
            help: 'set it to `memberlist`',
            remedy: { safe: false, value: 'memberlist' },
          };
        }
      }
    }
  },
};

/** Members of a section's ring, and of the ingesters' those who write to it and read from it. */
function uses(program: Parameters<typeof runs>[0], section: string): boolean {
  const module = section.replaceAll('_', '-');
  const modules = module === 'ingester' ? [module, 'distributor', 'querier', 'ruler'] : [module];
  return modules.some((each) => runs(program, each));
}

/** Paths to every `kvstore.store: inmemory`. */
function inMemory(value: Json, path: Path = []): readonly Path[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'kvstore' && text(child, 'store') === 'inmemory'
      ? [[...path, key, 'store']]
      : inMemory(child, [...path, key]),
  );
}
