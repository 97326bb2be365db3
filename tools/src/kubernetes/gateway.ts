import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterObject, Successor } from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import { PREVIOUS } from '@lgtm-fleet/resources';
import { request as http, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';
import { authorization } from './authorization.ts';
import { forward } from './forward.ts';
import { isReady, podsOf, type Rolling } from './rollout.ts';

export const GATEWAY: Rolling = {
  kind: 'Deployment',
  namespace: 'observability',
  name: 'gateway',
  component: 'gateway',
};
const PORT = 8080;
/** Nobody may read a push, so no store is asked: 403 to whom the gateway knows, and 401 to whom it does not. */
const HARMLESS = { method: 'GET', path: '/loki/api/v1/push' } as const;

interface Deployment extends ClusterObject {
  readonly spec?: {
    readonly template?: {
      readonly spec?: { readonly volumes?: readonly { readonly configMap?: { readonly name?: string } }[] };
    };
  };
}

/** Whether the configuration that runs takes what was shown before beside what is shown now. */
export async function takesPrevious(client: Client): Promise<boolean> {
  const { kind, namespace, name } = GATEWAY;
  const deployment: Deployment | undefined = await client.read({
    apiVersion: 'apps/v1',
    kind,
    metadata: { namespace, name },
  });
  const names = (deployment?.spec?.template?.spec?.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []);
  const maps = await Promise.all(
    names.map((one) => client.read({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: one } })),
  );
  return maps.some((map) => Object.values(map?.['data'] ?? {}).some((text) => String(text).includes(PREVIOUS)));
}

/** Whose credential which pod does not take yet; nothing where each takes all. */
export async function waitUntilTaken(
  client: Client,
  config: KubeConfig,
  plan: Plan,
  successors: readonly Successor[],
  seconds: number,
): Promise<readonly string[]> {
  const end = performance.now() + seconds * 1000;
  const taken = new Set<string>();
  for (;;) {
    const pods = await podsOf(client, GATEWAY);
    const open = pods.flatMap(({ metadata }) =>
      successors.map((successor) => ({ id: `${metadata.name}/${successor.user}`, pod: metadata.name, successor })),
    );
    const asked = await Promise.all(
      open
        .filter(({ id }) => !taken.has(id))
        .map(async ({ id, pod, successor }) => ({ id, status: await ask(config, plan, pod, successor) })),
    );
    for (const { id, status } of asked) if (status === 403) taken.add(id);
    const missing = open.filter(({ id }) => !taken.has(id)).map(({ id }) => id);
    // Pods that are going still answer for some seconds, by what they know.
    if (pods.length > 0 && pods.every(isReady) && missing.length === 0) return [];
    if (performance.now() > end) return missing.length > 0 ? missing : ['a pod that is not ready'];
    await sleep(2000);
  }
}

/** What a pod answers; 0 where it does not. */
async function ask(config: KubeConfig, { tls }: Plan, pod: string, { user, kind, value }: Successor): Promise<number> {
  const { url, close } = await forward(config, GATEWAY.namespace, () => Promise.resolve(pod), PORT);
  const headers = { authorization: authorization(kind, user, value) };
  const options = { ...HARMLESS, port: new URL(url).port, headers, agent: false, timeout: 10_000 };
  try {
    return await new Promise((resolve) => {
      const answered = ({ statusCode = 0 }: IncomingMessage) => {
        resolve(statusCode);
      };
      // The API server leads to this pod and to no other, so its certificate, which is for another name, proves nothing.
      const sent =
        tls === undefined
          ? http({ ...options, host: '127.0.0.1' }, answered)
          : https({ ...options, host: '127.0.0.1', rejectUnauthorized: false }, answered);
      sent.on('timeout', () => sent.destroy());
      sent.on('error', () => {
        resolve(0);
      });
      sent.end();
    });
  } finally {
    close();
  }
}

/** A request that came with what a user showed before. */
export interface Outdated {
  readonly user: string;
  readonly client: string;
  readonly userAgent: string;
  readonly time: string;
}

/** What the logs of the gateway's pods have of such requests, the last of each sender. */
export async function shownBefore(
  client: Client,
  users: readonly string[],
  seconds: number,
): Promise<readonly Outdated[]> {
  const { namespace, name } = GATEWAY;
  const pods = await podsOf(client, GATEWAY);
  const logs = await Promise.all(
    pods.map(({ metadata }) =>
      client.send({
        method: 'GET',
        path: `/api/v1/namespaces/${namespace}/pods/${metadata.name}/log?container=${name}&sinceSeconds=${String(seconds)}`,
      }),
    ),
  );
  const found = logs
    // A log of one line reads as JSON.
    .flatMap((log) => outdatedIn(typeof log === 'string' ? log : JSON.stringify(log)))
    .filter(({ user }) => users.includes(user))
    .toSorted((left, right) => (left.time < right.time ? -1 : 1));
  return [...new Map(found.map((one) => [`${one.user} ${one.client} ${one.userAgent}`, one])).values()];
}

/** The lines of the access log among those of the error log. */
export function outdatedIn(log: string): readonly Outdated[] {
  return log.split('\n').flatMap((line): readonly Outdated[] => {
    if (!line.startsWith('{') || !line.includes('"credential":"previous"')) return [];
    let fields: Readonly<Record<string, string>>;
    try {
      fields = JSON.parse(line) as Readonly<Record<string, string>>;
    } catch {
      // The first line of what was asked for may be cut off.
      return [];
    }
    const { user = '', client = '', user_agent: userAgent = '', time = '', credential } = fields;
    return credential === 'previous' ? [{ user, client, userAgent, time }] : [];
  });
}

/** Seconds for which the oldest pod of the gateway has been writing its log. */
export async function watchedFor(client: Client): Promise<number> {
  const pods = await podsOf(client, GATEWAY);
  const starts = pods.map(({ metadata }) => Date.parse(metadata.creationTimestamp ?? ''));
  return starts.length === 0 ? 0 : (Date.now() - Math.min(...starts)) / 1000;
}
