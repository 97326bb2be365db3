import { formatDays } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { tenantRetentions } from '../../view/retentions.ts';
import { titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'unkept-adopted-data',
    family: 'tenancy',
    severity: 'error',
    description: 'Data that a tenant adopts are not kept for as long as its own.',
    why: "They lie under an id that is no tenant's: without an entry of its own, everybody's retention deletes them.",
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-metrics-storage-retention/',
  },
  *cluster(cluster) {
    for (const [index, { name, adopts, retentionSeconds }] of cluster.plan.tenants.entries()) {
      if (adopts === undefined) continue;
      for (const { store, signal, tenant: id, seconds, place } of tenantRetentions(cluster, Object.values(adopts))) {
        const wanted = retentionSeconds[signal];
        if (id !== adopts[signal] || seconds === wanted) continue;
        yield {
          place,
          message: `${titleOf(store)} keeps ${signal} of \`${id}\`, which \`${name}\` adopts, for ${seconds === undefined ? "everybody's time" : `\`${formatDays(seconds)}\``} and not \`${formatDays(wanted)}\``,
          help: `give \`${id}\` an entry in the overrides with the retention of \`${name}\``,
          derivedFrom: ['spec', 'tenants', index, 'adopts'],
        };
      }
    }
  },
};
