import type { Plan } from '@lgtm-fleet/plan';
import { signIn, gatewayOf } from '../alloy/sign-in.ts';
import { component } from '../alloy-syntax/component.ts';
import { reference, type Computed } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';
import { labelOf } from './source.ts';

/** Where the series of a tenant go. */
export function receiverOf(plan: Plan, tenant: string): Computed {
  return reference(`prometheus.remote_write.${labelOfTenant(plan, tenant)}.receiver`);
}

/** One log on disk and one queue for each tenant that has a source: who is over a limit waits alone. */
export function remoteWrites(plan: Plan): readonly Block[] {
  const used = [...new Set(plan.ingest.sources.map(({ tenant }) => tenant))];
  return used.map((tenant, index) => {
    const { credential = 'password' } = plan.tenants.find(({ name }) => name === tenant) ?? {};
    const route = { tenant, label: labelOfTenant(plan, tenant), credential, takes: 'only', namespaces: [] } as const;
    return component(
      'prometheus.remote_write',
      route.label,
      {
        external_labels: { cluster: plan.collection.clusterLabel },
        endpoint: {
          name: tenant,
          url: `${gatewayOf(plan, route)}/api/v1/push`,
          send_exemplars: true,
          send_native_histograms: true,
          ...signIn(plan, route),
        },
        wal: { truncate_frequency: '30m', max_keepalive_time: '2h' },
      },
      index === 0
        ? {
            comment: 'A log and a queue for each tenant: who is over a limit waits alone',
            comments: { wal: 'As long as the volume has room for (nx run tools:plan); the default is eight hours' },
          }
        : {},
    );
  });
}

/** Tenants may have capital letters and underscores: a second one that would become the same gets a number. */
function labelOfTenant(plan: Plan, tenant: string): string {
  const before = plan.tenants.slice(
    0,
    plan.tenants.findIndex(({ name }) => name === tenant),
  );
  const same = before.filter(({ name }) => labelOf(name) === labelOf(tenant)).length;
  return `${labelOf(tenant)}${same === 0 ? '' : `_${String(same + 1)}`}`;
}
