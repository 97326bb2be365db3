import type { Workload } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { Emit, KubernetesObject } from '../types.ts';

/** Where the sample application's services find each other and the receiver of their telemetry. */
export const sample: Emit = (plan, component) => {
  const collected = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${fqdn(plan, 'alloy-gateway', 'monitoring')}:4318`,
    OTEL_RESOURCE_ATTRIBUTES: `service.version=${plan.releases.sample.version}`,
  };
  const called: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    shop: { STOCK_URL: `http://${fqdn(plan, 'sample-stock', 'sample')}:8080` },
    load: { SHOP_URL: `http://${fqdn(plan, 'sample-shop', 'sample')}:8080` },
  };
  return {
    configFiles: [],
    objectFiles: [],
    patchFiles: [
      {
        name: 'addresses.yaml',
        why: 'Addresses hold the domain of this cluster; the version is that of the image.',
        patches: component.workloads.map((workload) => patch(workload, { ...called[workload.role], ...collected })),
      },
    ],
  };
};

function patch({ name, role }: Workload, variables: Readonly<Record<string, string>>): KubernetesObject {
  const env = Object.entries(variables).map(([variable, value]) => ({ name: variable, value }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { template: { spec: { containers: [{ name: role, env }] } } },
  };
}
