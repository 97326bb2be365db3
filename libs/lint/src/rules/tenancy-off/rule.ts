import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { flag, setting } from '../../view/program.ts';

// With what each store does where nothing is said.
const SWITCHES = [
  { store: 'loki', key: 'auth_enabled', flag: 'auth.enabled', standard: true },
  { store: 'mimir', key: 'multitenancy_enabled', flag: 'auth.multitenancy-enabled', standard: true },
  { store: 'tempo', key: 'multitenancy_enabled', flag: 'multitenancy.enabled', standard: false },
] as const;

export const rule: Rule = {
  meta: {
    id: 'tenancy-off',
    family: 'tenancy',
    severity: 'error',
    description: 'A store does not tell tenants apart.',
    why: 'All tenants read and write as one, and what is written meanwhile is lost to them later: it lies under `fake`, `anonymous` or `single-tenant`.',
    source: 'https://grafana.com/docs/mimir/latest/manage/secure/authentication-and-authorization/',
  },
  *cluster(cluster) {
    for (const { store, key, flag: switchFlag, standard } of SWITCHES) {
      const [program] = cluster.programsOf(store).filter(({ config }) => config !== undefined);
      if (program?.config === undefined) continue;
      const set = flag(program, switchFlag) ?? setting(program, key);
      const on = set?.value ?? standard;
      // A flag is text.
      if (on === true || on === 'true') continue;
      yield {
        place: set?.place ?? inConfig(program.config, key),
        message:
          set === undefined
            ? `${store} does not set \`${key}\`, which is off by default`
            : `\`${key}\` is off in ${store}`,
        help: `set \`${key}: true\``,
        ...(set?.value === false && { remedy: { safe: false, value: true } }),
      };
    }
  },
};
