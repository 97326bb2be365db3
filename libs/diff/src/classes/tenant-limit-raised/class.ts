import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { limitsOf } from '../../view/limits.ts';

export const tenantLimitRaised: DangerClass = {
  meta: {
    id: 'tenant-limit-raised',
    danger: 'D25',
    effect: 'downtime',
    blocks: false,
    description: 'A limit of a tenant is more than doubled, or taken away.',
    why: 'Limits keep one tenant from taking the store away from all others.',
    source: 'Grafana Cloud, 11 March 2021: one tenant overloaded the cell, about 2 hours',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = limitsOf(before.stores.find(({ name }) => name === now.name));
      const limits = limitsOf(now);
      for (const [limit, was] of old) {
        const is = limits.get(limit)?.value ?? Number.POSITIVE_INFINITY;
        if (is <= was.value * 2 || !Object.hasOwn(now.tenants, was.tenant)) continue;
        yield {
          subject: `${now.name}/${limit}`,
          message: say`the limit ${was.name} of ${was.tenant} in ${words(now.title)} goes from ${was.value} to ${Number.isFinite(is) ? is : words('no limit')}`,
          consequence: say`this tenant alone may now load the store with more than twice what it was planned for; when it does, all tenants wait`,
          changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
        };
      }
    }
  },
};
