import { get } from '@lgtm-fleet/manifests';
import { formatDays } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { overridesFile, tenantRetentions } from '../../view/retentions.ts';
import { storeConfigs } from '../../view/stores.ts';
import { shown, titleOf } from '../../view/titles.ts';

/** Where each store is told the file of its tenants' limits. */
const FILE = {
  loki: ['runtime_config', 'file'],
  mimir: ['runtime_config', 'file'],
  tempo: ['overrides', 'per_tenant_override_config'],
} as const;

export const rule: Rule = {
  meta: {
    id: 'tenant-retention-ignored',
    family: 'storage',
    severity: 'error',
    description: "A tenant's own retention does not reach the store.",
    why: "The tenant's data are deleted by everybody's retention, perhaps years before they may be.",
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-metrics-storage-retention/',
  },
  *cluster(cluster) {
    const { plan } = cluster;
    const common = { metrics: plan.mimir, logs: plan.loki, traces: plan.tempo } as const;
    const own = plan.tenants.filter(({ retentionSeconds }) =>
      (['metrics', 'logs', 'traces'] as const).some(
        (signal) => common[signal] !== undefined && retentionSeconds[signal] !== common[signal].retentionSeconds,
      ),
    );
    if (own.length === 0) return;
    for (const { store, programs, at } of storeConfigs(cluster)) {
      const blind = programs.find((program) => overridesFile(program) === undefined);
      const named = get(blind?.config?.value, ...FILE[store]);
      if (blind === undefined) continue;
      yield {
        place: at(...FILE[store]),
        message:
          named === undefined
            ? `${titleOf(store)} reads no limits of tenants, so the retention of \`${own[0]?.name ?? ''}\` does not hold`
            : `${titleOf(store)} is to read limits of tenants from \`${shown(named)}\`, which is not mounted`,
        help: 'name the path at which the file of limits is mounted',
      };
    }
    for (const { store, signal, tenant, seconds, place } of tenantRetentions(
      cluster,
      own.map(({ name }) => name),
    )) {
      const wanted = own.find(({ name }) => name === tenant)?.retentionSeconds[signal];
      if (seconds !== undefined || wanted === undefined || wanted === common[signal]?.retentionSeconds) continue;
      yield {
        place,
        message: `${titleOf(store)} is not told that the tenant \`${tenant ?? ''}\` keeps ${signal} for \`${formatDays(wanted)}\``,
        help: "put it into the tenant's entry of the overrides",
        derivedFrom: ['spec', 'tenants', plan.tenants.findIndex(({ name }) => name === tenant), 'retention'],
      };
    }
  },
};
