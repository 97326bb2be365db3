import { listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { upgrades } from '../../view/images.ts';

export const majorUpgrade: DangerClass = {
  meta: {
    id: 'major-upgrade',
    danger: 'D15',
    effect: 'downtime',
    blocks: true,
    description: 'A store or Kafka gets a new major version.',
    why: 'Major versions remove keys, targets and formats; several write data that the version before cannot read, so there is no way back.',
    source: 'Upgrade guides of Loki 4, Tempo 3 (no downgrade) and Mimir 3',
  },
  *find(pair) {
    for (const { program, before, after, from, to, workloads } of upgrades(pair)) {
      if (!STORES.has(program) || to[0] <= from[0]) continue;
      yield {
        subject: program,
        message: say`${program} goes from ${before} to ${after}`,
        consequence: say`the pods of ${listed(workloads)} are replaced; what the new version writes the old one may not read, so a revert can lose what was written in between. Read its upgrade guide, and check the configuration with the new program first`,
        changes: pair.changes.filter((change) => workloads.includes(`${change.kind}/${change.name}`)),
      };
    }
  },
};

const STORES = new Set(['loki', 'mimir', 'tempo', 'prometheus', 'kafka', 'seaweedfs', 'grafana']);
