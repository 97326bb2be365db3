import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterObject, Pod } from '@lgtm-fleet/bootstrap';
import { encryptionOf, type Plan } from '@lgtm-fleet/plan';
import { authorization } from '../kubernetes/authorization.ts';
import { openDoor, type Answer, type Asked } from './reach.ts';
import type { Vault } from './secrets.ts';

/** The gateway, as somebody who signs in there. */
export interface FrontDoor {
  readonly user: string;
  /** @throws NoAnswer */
  readonly ask: (asked: Asked, limitMs?: number) => Promise<Answer>;
}

const GATEWAY = { kind: 'pods', namespace: 'observability', component: 'gateway', role: 'gateway' } as const;
const PORT = 8080;

/** What a user shows at the gateway; undefined where its Secret does not say, or where it shows a certificate. */
export function authorizationOf(plan: Plan, vault: Vault, user: string): string | undefined {
  const kind = plan.credentials.find(({ name }) => name === user)?.kind;
  const value = vault.value('observability', 'tenant-credentials', user);
  if (value === undefined || kind === undefined || kind === 'certificate') return undefined;
  return authorization(kind, user, value);
}

/** A way to a gateway's pod, ready ones first; it must be closed. */
export async function openFrontDoor(
  config: KubeConfig,
  plan: Plan,
  pods: readonly (ClusterObject & Pod)[],
): Promise<{ readonly as: (user: string, authorization: string) => FrontDoor; readonly close: () => void }> {
  const own = pods.filter(
    ({ metadata }) =>
      metadata.labels?.['app.kubernetes.io/name'] === GATEWAY.component && metadata.deletionTimestamp === undefined,
  );
  const pod = own.find(isReady) ?? own.find(({ status }) => status?.phase === 'Running');
  if (pod === undefined) throw new Error('no pod of the gateway runs');
  const encrypted = plan.tls !== undefined && encryptionOf(GATEWAY, 'http') !== undefined;
  const door = await openDoor(config, { namespace: GATEWAY.namespace, pod: pod.metadata.name, port: PORT, encrypted });
  return {
    as: (user, authorization) => ({
      user,
      ask: (asked, limitMs) => door.ask({ ...asked, headers: { ...asked.headers, authorization } }, limitMs),
    }),
    close: door.close,
  };
}

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: on }) => type === 'Ready' && on === 'True') === true;
}
