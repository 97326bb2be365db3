import { linesByUser, planSecretChanges, takes, type ClusterObject } from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import { tokensByUser } from '@lgtm-fleet/resources';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newPassword, newSalt } from '../kubernetes/secrets.ts';

/** What of a cluster has to do with who signs in: its Secrets, the gateway, and Grafana, which is to be restarted. */
export function signInObjects(plan: Plan, config = 'htpasswd-previous'): readonly ClusterObject[] {
  const old = '2020-01-01T00:00:00Z';
  const object = (kind: string, name: string, component: string, more: object): ClusterObject => ({
    apiVersion: kind === 'Deployment' || kind === 'StatefulSet' ? 'apps/v1' : 'v1',
    kind,
    metadata: {
      namespace: 'observability',
      name,
      creationTimestamp: old,
      labels: { 'app.kubernetes.io/name': component },
    },
    ...more,
  });
  const running = { status: { readyReplicas: 1, updatedReplicas: 1 } };
  const ready = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } };
  const volumes = [{ name: 'config', configMap: { name: 'gateway-config' } }];
  return [
    ...secretObjects(plan),
    object('ConfigMap', 'gateway-config', 'gateway', { data: { 'nginx.conf': config } }),
    object('Deployment', 'gateway', 'gateway', { spec: { template: { spec: { volumes } } }, ...running }),
    object('Pod', 'gateway-a', 'gateway', ready),
    object('StatefulSet', 'grafana', 'grafana', { spec: {}, ...running }),
    object('Pod', 'grafana-0', 'grafana', ready),
  ];
}

/** As bootstrap would make them. */
function secretObjects(plan: Plan): readonly ClusterObject[] {
  const inputs = { present: new Map(), given: new Map<string, string>(), password: newPassword, salt: newSalt };
  return planSecretChanges(plan, inputs).changes.map(({ namespace, name, values }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name },
    data: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    ),
  }));
}

/** What a Secret among objects has, decoded. */
export function secretOf(
  objects: readonly ClusterObject[],
  namespace: string,
  name: string,
): Readonly<Record<string, string>> {
  const found = objects.find(
    ({ kind, metadata }) => kind === 'Secret' && metadata.namespace === namespace && metadata.name === name,
  );
  return Object.fromEntries(
    Object.entries((found?.['data'] ?? {}) as Readonly<Record<string, string>>).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString('utf8'),
    ]),
  );
}

export interface ToyGateway {
  readonly port: number;
  readonly close: () => void;
}

/** Stands in for the gateway where nobody sends: 403 to whom its lists have, 401 to others. Its lists are read each time. */
export async function startToyGateway(lists: () => Readonly<Record<string, string>>): Promise<ToyGateway> {
  const server = createServer(({ headers: { authorization = '' } }, response) => {
    response.writeHead(isKnown(lists(), authorization) ? 403 : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function isKnown(lists: Readonly<Record<string, string>>, authorization: string): boolean {
  const [scheme, text = ''] = authorization.split(' ');
  if (scheme === 'Bearer')
    return ['tokens', 'tokens-previous'].some((key) =>
      [...tokensByUser(lists[key] ?? '').values()].flat().includes(text),
    );
  const [user = '', password = ''] = Buffer.from(text, 'base64').toString('utf8').split(':');
  return ['htpasswd', 'htpasswd-previous'].some((key) => {
    const line = linesByUser(lists[key] ?? '').get(user);
    return line !== undefined && takes(line, password) === true;
  });
}
