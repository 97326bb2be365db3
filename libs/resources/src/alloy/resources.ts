import type { Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { printFile } from '../alloy-syntax/print.ts';
import type { Emit, PatchFile } from '../types.ts';
import { discoverPods } from './discovery.ts';
import { collectLogs } from './logs.ts';
import { collectMetrics } from './metrics.ts';

/** The collector on every node: logs and metrics of the node's pods, pushed for each tenant through the gateway. */
export const alloy: Emit = (plan) => ({
  configFiles: [
    {
      name: 'config.alloy',
      configMap: 'alloy-config',
      hashed: true,
      form: 'text',
      text: printFile([...discoverPods(), ...collectLogs(plan), ...collectMetrics(plan)]),
      comment: '//',
    },
  ],
  objectFiles: [],
  patchFiles: plan.kubernetes.clusterDomain === 'cluster.local' ? [] : [peers(plan)],
});

function peers(plan: Plan): PatchFile {
  return {
    name: 'peers.yaml',
    why: `spec.kubernetes.clusterDomain is ${plan.kubernetes.clusterDomain}: the nodes find each other under that name`,
    patches: [
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'alloy' },
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'alloy', env: [{ name: 'ALLOY_PEERS', value: `${fqdn(plan, 'alloy', 'monitoring')}:12345` }] },
              ],
            },
          },
        },
      },
    ],
  };
}
