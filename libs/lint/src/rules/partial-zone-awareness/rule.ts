import { inConfig } from '../../place.ts';
import { ringsOf, runs, settingOf } from '../../view/rings.ts';
import type { Rule } from '../../types.ts';

/** Who writes to the members of a ring, or reads from them. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  ingester: ['distributor', 'querier', 'ruler'],
  'store-gateway': ['querier', 'ruler'],
};

export const rule: Rule = {
  meta: {
    id: 'partial-zone-awareness',
    family: 'rings',
    severity: 'error',
    description: 'Programs that use one ring do not agree whether it is zone-aware.',
    why: 'One side puts copies by zone and the other looks for them without: reads ask the wrong members for a quorum, and miss data or fail.',
    source: 'https://grafana.com/docs/loki/latest/operations/zone-ingesters/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      if (ring.partitioned) continue;
      const modules = [ring.module, ...(USERS[ring.module] ?? [])];
      for (const program of cluster.programsOf(ring.store)) {
        if (!modules.some((module) => runs(program, module))) continue;
        const setting = settingOf(program, ring.zones.awareness);
        // What has no configuration to read cannot be judged.
        if (program.config === undefined || (setting?.value === true) === ring.zoneAware) continue;
        yield {
          place: setting?.place ?? inConfig(program.config, ...(ring.zones.awareness.paths[0] ?? [])),
          message: `\`${program.workload.name}\` uses the ring of ${ring.name} ${ring.zoneAware ? 'without' : 'with'} zones, its members ${ring.zoneAware ? 'with' : 'without'}`,
          help: `set \`${ring.zones.awareness.paths[0]?.join('.') ?? ''}\` alike for all of \`${modules.join('`, `')}\``,
        };
      }
    }
  },
};
