import { formatDays } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { retentionsOf, tenantRetentions } from '../../view/retentions.ts';
import { titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'retention-differs-from-spec',
    family: 'storage',
    severity: 'error',
    description: 'A store keeps what it has for another time than the cluster file says.',
    why: 'What is deleted too early is gone: a retention of twelve hours that was meant for the ingesters once deleted years of metrics.',
    source: 'https://b.j4.lc/blog/resostats-outage',
  },
  *cluster(cluster) {
    const { plan } = cluster;
    const planned = {
      loki: plan.loki?.retentionSeconds,
      mimir: plan.mimir?.retentionSeconds,
      tempo: plan.tempo?.retentionSeconds,
      prometheus: plan.prometheus?.retentionSeconds,
    } as const;
    for (const { store, signal, seconds, place } of retentionsOf(cluster)) {
      const wanted = planned[store];
      // Mimir without one has a rule of its own.
      if (wanted === undefined || seconds === wanted || (store === 'mimir' && (seconds ?? 0) === 0)) continue;
      const kept = seconds === undefined ? 'its own default' : `\`${formatDays(seconds)}\``;
      yield {
        place,
        message: `${titleOf(store)} keeps ${signal} for ${kept}, but \`spec.retention.${signal}\` is \`${formatDays(wanted)}\``,
        label: `\`${formatDays(wanted)}\` by the plan`,
        help: `change \`spec.retention.${signal}\`, from which this follows`,
        derivedFrom: ['spec', 'retention', signal],
      };
    }
    const tenants = new Map(plan.tenants.map((tenant) => [tenant.name, tenant.retentionSeconds]));
    for (const { store, signal, tenant, seconds, place } of tenantRetentions(cluster, [...tenants.keys()])) {
      const wanted = tenants.get(tenant ?? '')?.[signal];
      if (wanted === undefined || seconds === undefined || seconds === wanted) continue;
      yield {
        place,
        message: `${titleOf(store)} keeps ${signal} of the tenant \`${tenant ?? ''}\` for \`${formatDays(seconds)}\`, but the cluster file says \`${formatDays(wanted)}\``,
        label: `\`${formatDays(wanted)}\` by the plan`,
        help: "change the tenant's `retention` in `spec.tenants`, from which this follows",
        derivedFrom: ['spec', 'tenants', plan.tenants.findIndex(({ name }) => name === tenant), 'retention'],
      };
    }
  },
};
