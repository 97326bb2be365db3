import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get } from '@lgtm-fleet/manifests';
import { shown } from '../../fields/path.ts';

export const tenancySwitched: DangerClass = {
  meta: {
    id: 'tenancy-switched',
    danger: 'D12',
    effect: 'data-loss',
    blocks: true,
    description: 'Multi-tenancy of a store is turned on or off.',
    why: 'Data belongs to the tenant that wrote it; without tenants everything is written and read as one with a fixed name, and the others are not found.',
    source: 'grafana/loki#2201; documentation of `auth_enabled` and `multitenancy_enabled`',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = before.stores.find(({ name }) => name === now.name);
      const [setting, legacy, usual] = TENANCY[now.name] ?? [];
      if (old === undefined || setting === undefined) continue;
      const [was, is] = [old, now].map(({ config }) => get(config, setting) ?? usual);
      if (was === is) continue;
      yield {
        subject: now.name,
        message: say`${words(now.title)} has ${`${setting}: ${shown(is)}`} instead of ${shown(was)}`,
        consequence:
          is === true
            ? say`all ${words(now.signal)} so far belong to the tenant ${legacy ?? ''}, whom nobody asks for any more; who sends without a tenant is refused`
            : say`everything is read as the tenant ${legacy ?? ''}; the ${words(now.signal)} of all other tenants are still kept and no longer found, and who could see one tenant now sees all`,
        changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
      };
    }
  },
};

/** The setting, whose name everything has without tenants, and the program's own default. */
const TENANCY: Readonly<Record<string, readonly [setting: string, legacy: string, usual: boolean]>> = {
  mimir: ['multitenancy_enabled', 'anonymous', true],
  loki: ['auth_enabled', 'fake', true],
  tempo: ['multitenancy_enabled', 'single-tenant', false],
};
