import { describe, expect, it } from 'vitest';
import { componentPlan, plan, workload } from '../alloy/plan.fixture.ts';
import { quotaOf } from './quota.ts';
import { namespaces } from './resources.ts';

const gibibyte = 1024 ** 3;
const size = { requests: { milliCpu: 1000, memoryBytes: gibibyte }, limits: { memoryBytes: 2 * gibibyte } };

const zones = (['zone-a', 'zone-b', 'zone-c'] as const).map((slot) => ({ slot, topologyZone: slot }));
const of = plan({
  kubernetes: { version: '1.36', clusterDomain: 'cluster.local', networkPolicies: 'kubernetes', nodes: 5, zones },
  components: [
    componentPlan({
      namespace: 'observability',
      workloads: [
        workload({ ...size, kind: 'StatefulSet', replicas: 2, zonal: true }),
        workload({ ...size, kind: 'Deployment', replicas: 1, maxReplicas: 8 }),
        workload({ ...size, kind: 'Job', replicas: 0 }),
      ],
    }),
    componentPlan({ namespace: 'monitoring', workloads: [workload({ ...size, kind: 'DaemonSet', replicas: 0 })] }),
  ],
});

describe('quotaOf', () => {
  it('counts zones, autoscalers at their maximum with a roll-out, and Jobs', () => {
    const pods = 2 * 3 + (8 + 2) + 1;
    expect(quotaOf(of, 'observability')).toEqual({
      pods: Math.ceil(pods * 1.25),
      milliCpu: pods * 1000 * 1.25,
      requestedBytes: pods * gibibyte * 1.25,
      limitedBytes: 2 * pods * gibibyte * 1.25,
    });
  });

  it('leaves room for twice the nodes', () => {
    expect(quotaOf(of, 'monitoring').pods).toBe(Math.ceil(2 * 5 * 1.25));
  });
});

describe('namespaces', () => {
  it('patches the quota of every namespace that the cluster has', () => {
    const patches = (variants: readonly string[]) =>
      namespaces(of, componentPlan({ name: 'namespaces', variants })).patchFiles.flatMap((file) => file.patches);
    expect(patches(['stack', 'collectors']).map(({ metadata }) => metadata.namespace)).toEqual([
      'observability',
      'monitoring',
    ]);
    expect(patches(['collectors', 'sample']).map(({ metadata }) => metadata.namespace)).toEqual([
      'monitoring',
      'sample',
    ]);
    expect(patches(['collectors'])).toMatchObject([
      {
        metadata: { name: 'compute', namespace: 'monitoring' },
        spec: { hard: { pods: '13', 'requests.cpu': '13', 'requests.memory': '13Gi' } },
      },
    ]);
  });
});
