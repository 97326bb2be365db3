import { workloadOf, type MimirPlan, type Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { Section } from '../section.ts';

import { ports } from './addresses.ts';

/** Who finds whom, and how many copies there are of what. */
export function rings(plan: Plan, mimir: MimirPlan): Section {
  const zone = mimir.zoneAware ? { instance_availability_zone: '${ZONE:}' } : {};
  return {
    value: {
      memberlist: {
        cluster_label: `${plan.cluster}-mimir`,
        cluster_label_verification_disabled: false,
        join_members: [`dns+${fqdn(plan, 'mimir-memberlist')}:${String(ports.memberlist)}`],
      },
      ingester: {
        ring: {
          replication_factor: mimir.replicationFactor,
          zone_awareness_enabled: mimir.zoneAware,
          ...zone,
          tokens_file_path: '/var/mimir/ingester-tokens',
          unregister_on_shutdown: false,
        },
      },
      store_gateway: {
        sharding_ring: {
          replication_factor: Math.min(mimir.replicationFactor, copies(plan, 'store-gateway')),
          zone_awareness_enabled: mimir.zoneAware,
          ...zone,
          tokens_file_path: '/var/mimir/store-gateway-tokens',
          unregister_on_shutdown: false,
          auto_forget_unhealthy_periods: 10,
        },
      },
      alertmanager: {
        sharding_ring: { replication_factor: Math.min(mimir.replicationFactor, copies(plan, 'alertmanager')) },
      },
    },
    comments: {
      'memberlist/cluster_label': 'Keeps rings apart when an address of a pod goes to a pod of another ring',
      'ingester/ring/replication_factor': 'A sample is written when more than half of its copies are',
      ...(mimir.zoneAware && {
        'ingester/ring/zone_awareness_enabled': 'spec.kubernetes.zones: every copy in another zone',
        'ingester/ring/instance_availability_zone': 'Set on ingesters and store-gateways only',
      }),
      'ingester/ring/unregister_on_shutdown':
        'A restart keeps its place and its series; before a scale-down, see the README of base/mimir',
      'store_gateway/sharding_ring/auto_forget_unhealthy_periods':
        'Ten minutes of silence, then others load its blocks',
    },
  };
}

/** Pods of a role over all zones; of the one process where there are no roles. */
function copies(plan: Plan, role: string): number {
  const workload = workloadOf(plan, 'mimir', role);
  if (workload === undefined) return 1;
  return workload.replicas * (workload.zonal ? Math.max(1, plan.kubernetes.zones.length) : 1);
}
