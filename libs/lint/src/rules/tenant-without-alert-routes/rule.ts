import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { setting } from '../../view/program.ts';
import { shown } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'tenant-without-alert-routes',
    family: 'tenancy',
    severity: 'error',
    description: 'Mimir reads alert routes from files, and a tenant has none.',
    why: 'Such a tenant has no Alertmanager, for files take no fallback: its alerts are refused, and nobody is told.',
    source: 'https://grafana.com/docs/mimir/latest/references/architecture/components/alertmanager/',
  },
  *cluster(cluster) {
    for (const program of cluster.programsOf('mimir')) {
      const runs = program.target.split(',').includes('alertmanager');
      const path = setting(program, 'alertmanager_storage', 'local', 'path');
      if (!runs || program.config === undefined || path === undefined) continue;
      if (setting(program, 'alertmanager_storage', 'backend')?.value !== 'local') continue;
      const folder = `${shown(path.value)}/`;
      const files = new Set(program.files.map((file) => file.path));
      for (const [index, { name }] of cluster.plan.tenants.entries()) {
        if (files.has(`${folder}${name}.yaml`) || files.has(`${folder}${name}.yml`)) continue;
        yield {
          place: inConfig(program.config, 'alertmanager_storage', 'local', 'path'),
          message: `tenant \`${name}\` has no alert routes in \`${folder}\``,
          help: `mount a file \`${name}.yaml\` there, with a receiver that tells nobody where nobody is to be told`,
          derivedFrom: ['spec', 'tenants', index],
        };
      }
    }
  },
};
