import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { limitsOf } from '../../view/limits.ts';

export const tenantLimitLowered: DangerClass = {
  meta: {
    id: 'tenant-limit-lowered',
    danger: 'D25',
    effect: 'data-loss',
    blocks: false,
    description: 'A limit on what a tenant may write is lowered by half or more.',
    why: 'What is over a limit is refused, and collectors drop it after some retries.',
    source: 'Mimir and Loki documentation, limits: 429 and discarded samples',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = limitsOf(before.stores.find(({ name }) => name === now.name));
      for (const [limit, is] of limitsOf(now)) {
        const was = old.get(limit);
        if (was === undefined || is.value * 2 > was.value) continue;
        yield {
          subject: `${now.name}/${limit}`,
          message: say`the limit ${is.name} of ${is.tenant} in ${words(now.title)} goes from ${was.value} to ${is.value}`,
          consequence: say`if the tenant sends more than that today, the rest of its ${words(now.signal)} is refused and lost`,
          changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
        };
      }
    }
  },
};
