import type { LokiPlan, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { Section } from '../section.ts';
import { grpcOf, ports } from './addresses.ts';

/** What all roles share: where things are on the volume, how many copies of a line there are, who finds whom. */
export function rings(plan: Plan, loki: LokiPlan): Section {
  // Elsewhere a process asks itself, or, highly available, nobody: see base/loki.
  const asksCompactor = loki.mode === 'distributed';
  return {
    value: {
      common: {
        path_prefix: '/var/loki',
        replication_factor: loki.replicationFactor,
        persist_tokens: true,
        ring: { kvstore: { store: 'memberlist' } },
        ...(asksCompactor && { compactor_grpc_address: grpcOf(plan, 'loki-compactor') }),
      },
      memberlist: {
        cluster_label: `${plan.cluster}-loki`,
        cluster_label_verification_disabled: false,
        join_members: [`dns+${fqdn(plan, 'loki-memberlist')}:${String(ports.memberlist)}`],
        rejoin_interval: '5m',
      },
    },
    comments: {
      'common/path_prefix': 'The volume; WAL, index and compactor have their folders in it',
      'common/replication_factor':
        loki.replicationFactor === 1
          ? 'One process, one copy'
          : 'A line is written when more than half of its copies are',
      'common/persist_tokens': 'A restarted ingester gets the same streams again',
      'memberlist/cluster_label': 'Keeps rings apart when an address of a pod goes to a pod of another ring',
      'memberlist/rejoin_interval': 'Heals a ring that a network fault cut in two',
    },
  };
}
