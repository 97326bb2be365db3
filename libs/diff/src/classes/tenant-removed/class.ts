import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { whereIsData } from '../../view/stores.ts';

export const tenantRemoved: DangerClass = {
  meta: {
    id: 'tenant-removed',
    danger: 'D12',
    effect: 'data-loss',
    blocks: true,
    description: 'A tenant disappears from the limits of a store.',
    why: 'Its data stays in the bucket under a name that nobody asks for; a rename of a tenant is that and an empty start for the new one.',
    source: 'Tenant ids are part of the path of every object: documentation of Mimir, Loki and Tempo',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = before.stores.find(({ name }) => name === now.name);
      for (const tenant of Object.keys(old?.tenants ?? {})) {
        if (tenant === '*' || Object.hasOwn(now.tenants, tenant)) continue;
        yield {
          subject: `${now.name}/${tenant}`,
          message: say`${words(now.title)} no longer knows the tenant ${tenant}`,
          consequence: say`its ${words(now.signal)} stay in ${words(whereIsData(now).noun)} ${whereIsData(now).name} for the general retention, and nobody can ask for them: no data source names the tenant any more`,
          changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
        };
      }
    }
  },
};
