import { listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { compareVersions, upgrades } from '../../view/images.ts';

export const imageDowngraded: DangerClass = {
  meta: {
    id: 'image-downgraded',
    danger: 'D20',
    effect: 'downtime',
    blocks: false,
    description: 'A program gets an older version.',
    why: 'Older versions refuse what newer ones wrote: configuration keys, databases, write-ahead logs.',
    source: 'Upgrade guides of the stores: downgrades are not supported',
  },
  *find(pair) {
    for (const { program, before, after, from, to, workloads } of upgrades(pair)) {
      if (compareVersions(to, from) >= 0) continue;
      yield {
        subject: program,
        message: say`${program} goes back from ${before} to ${after}`,
        consequence: say`${listed(workloads)} may not start: what the newer version wrote (keys, write-ahead log, database) the older one need not understand`,
        changes: pair.changes.filter((change) => workloads.includes(`${change.kind}/${change.name}`)),
      };
    }
  },
};
