import { OTLP_GRPC, type Plan } from '@lgtm-fleet/plan';
import { formatDuration } from '@lgtm-fleet/units';
import { fqdn } from '../addresses.ts';
import type { Emit, KubernetesObject } from '../types.ts';
import { frontDoorConf } from './front-door.ts';

const NAME = 'canary-traces';
/** Secret of the tenants' passwords in namespace `monitoring`; this canary gets the one key that is its own. */
const SECRET = 'tenant-credentials';
const HOUR = 3600;

/** As whom the canary writes and reads, and where: through the gateway, as every tenant does. */
export const canaryTraces: Emit = (plan) => {
  const tenant = plan.tenants.find(({ name }) => name === plan.selfMonitoring?.tenant);
  if (tenant === undefined) throw new Error(`the plan of ${plan.cluster} has a canary, and no tenant for it`);
  return {
    configFiles: [
      {
        name: 'nginx.conf',
        configMap: `${NAME}-config`,
        hashed: true,
        form: 'text',
        text: frontDoor(plan),
        comment: '#',
      },
    ],
    objectFiles: [],
    patchFiles: [
      {
        name: 'front-door.yaml',
        why: `spec.selfMonitoring: the canary uses the front door as tenant ${tenant.name}, with its password and no other.`,
        patches: [patch(tenant.name, tenant.retentionSeconds.traces)],
      },
    ],
  };
};

/** @throws Error when the connection graph does not let the canary to the gateway. */
function frontDoor(plan: Plan): string {
  return frontDoorConf({
    listenGrpc: `127.0.0.1:${String(OTLP_GRPC.port)}`,
    listenHttp: '127.0.0.1:3200',
    gatewayGrpc: gateway(plan, OTLP_GRPC.name),
    gatewayHttp: gateway(plan, 'http'),
    resolver: fqdn(plan, 'kube-dns', 'kube-system'),
    credential: `/etc/${NAME}-credential/credential.conf`,
    tmp: '/tmp',
  });
}

function gateway(plan: Plan, port: string): string {
  const edge = plan.connections.find(
    ({ from, to, portName }) =>
      from.kind === 'pods' &&
      from.component === NAME &&
      to.kind === 'pods' &&
      to.component === 'gateway' &&
      portName === port,
  );
  if (edge?.service === undefined || edge.to.kind !== 'pods')
    throw new Error(`cluster '${plan.cluster}': ${NAME} has no connection to port ${port} of the gateway`);
  return `${fqdn(plan, edge.service, edge.to.namespace)}:${String(edge.port)}`;
}

/** The password is environment of the container that ends before the others start, and of no other. */
function patch(tenant: string, retentionSeconds: number): KubernetesObject {
  const named = { name: 'TENANT', value: tenant };
  const password = { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: SECRET, key: tenant } } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME },
    spec: {
      template: {
        spec: {
          initContainers: [{ name: 'credential', env: [named, password] }],
          containers: [{ name: NAME, env: [named, { name: 'RETENTION', value: asked(retentionSeconds) }] }],
        },
      },
    },
  };
}

/** Of what is about to be deleted it asks a quarter of an hour too late, so it asks for an hour less. */
function asked(retentionSeconds: number): string {
  return formatDuration(retentionSeconds - HOUR);
}
