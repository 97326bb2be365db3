import type { Plan, Workload } from '@lgtm-fleet/plan';
import type { Emit, KubernetesObject } from '../types.ts';

/** Secret of the tenants' passwords in namespace `monitoring`; a canary gets the one key that is its own. */
const SECRET = 'tenant-credentials';

/** As whom the canaries write and read, and where: through the gateway, as every tenant does. */
export const canary: Emit = (plan, { workloads }) => {
  const tenant = plan.selfMonitoring?.tenant;
  if (tenant === undefined) throw new Error(`the plan of ${plan.cluster} has canaries, and no tenant for them`);
  return {
    configFiles: [],
    objectFiles: [],
    patchFiles: [
      {
        name: 'front-door.yaml',
        why: `spec.selfMonitoring: canaries use the front door as tenant ${tenant}, with its password and no other.`,
        patches: workloads.map((workload) => patch(plan, workload, tenant)),
      },
    ],
  };
};

/**
 * Flags by the environment: a strategic merge replaces the whole list of arguments, and so would take those of the
 * base away. The kubelet puts the values in.
 */
function patch(plan: Plan, { name, role }: Workload, tenant: string): KubernetesObject {
  const env = [
    { name: 'TENANT', value: tenant },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: SECRET, key: tenant } } },
    ...addresses(plan, role).map(([variable, value]) => ({ name: variable, value })),
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { template: { spec: { containers: [{ name: role, env }] } } },
  };
}

function addresses(plan: Plan, role: string): readonly (readonly [string, string])[] {
  const { gatewayUrl } = plan.collection;
  if (role === 'metrics') return [['GATEWAY_URL', gatewayUrl]];
  const { protocol, host } = new URL(gatewayUrl);
  return [
    ['GATEWAY', host],
    ['TLS', String(protocol === 'https:')],
  ];
}
