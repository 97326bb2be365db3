import type { Rule } from '../../types.ts';
import { grafanasOf, isOn } from '../../view/grafana-settings.ts';

/** What must be on, and what must be off, for a sign-in to give only what the groups give. */
const WANTED = [
  { key: 'role_attribute_strict', on: true },
  { key: 'skip_org_role_sync', on: false },
] as const;

export const rule: Rule = {
  meta: {
    id: 'unmapped-sign-in',
    family: 'grafana',
    severity: 'error',
    description: 'Whoever the OIDC provider knows gets into Grafana, or keeps there what he has lost.',
    why: 'Everybody of the company reads the telemetry of all tenants; who left a group still does.',
    source:
      'https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/#configure-role-mapping',
  },
  *cluster(cluster) {
    for (const { setting } of grafanasOf(cluster)) {
      const enabled = setting('auth.generic_oauth', 'enabled');
      if (enabled === undefined || !isOn(enabled)) continue;
      for (const { key, on } of WANTED) {
        const found = setting('auth.generic_oauth', key);
        // Only the running pod knows it.
        if (found !== undefined && found.value === undefined) continue;
        if (isOn(found) === on) continue;
        yield {
          place: (found ?? enabled).place,
          message: on
            ? 'who is in no group that has a role is let in all the same'
            : 'what a person may see is not taken back when the provider no longer gives it',
          help: `set \`${key} = ${String(on)}\` in \`[auth.generic_oauth]\``,
        };
      }
    }
  },
};
