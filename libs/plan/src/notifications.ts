import { receiverKinds, severities, type ClusterSpec, type Receiver, type SeverityRoutes } from '@lgtm-fleet/spec';
import type { AlertsPlan, NotificationsPlan, ReceiverPlan, RoutePlan, SecretFile } from './types.ts';

type Spec = ClusterSpec['spec'];

/** Who is told of the alerts of a hub. */
export function planNotifications({ spec }: ClusterSpec): NotificationsPlan | undefined {
  const { notifications: said } = spec;
  const [first] = said?.receivers ?? [];
  if (said === undefined || first === undefined || spec.role === 'edge') return undefined;
  const dead = said.deadMansSwitch;
  const told = dead === undefined ? undefined : deadMansReceiver(spec, dead);
  return {
    ...alertsOf(spec, said.routes, [first.name], 'spec.notifications'),
    ...(dead !== undefined &&
      told !== undefined && { deadMansSwitch: { receiver: told, intervalSeconds: dead.interval } }),
  };
}

function deadMansReceiver(
  spec: Spec,
  { receiver, url }: { readonly receiver?: string | undefined; readonly url?: string | undefined },
): ReceiverPlan | undefined {
  if (url !== undefined) return { name: 'dead-mans-switch', kind: 'webhook', url };
  return receiversOf(spec).find(({ name }) => name === receiver);
}

/** Where a tenant's alerts go: where it says itself, else where the hub's go; absent where nobody says anything. */
export function planAlerts(spec: Spec, { name, alerts }: Spec['tenants'][number]): AlertsPlan | undefined {
  if (alerts === undefined) return ofHub(spec);
  const said = `spec.tenants ${name}.alerts`;
  if (alerts.webhook !== undefined) {
    const everybody = [WEBHOOK];
    return {
      routes: { critical: everybody, warning: everybody, info: everybody, others: everybody },
      receivers: [{ name: WEBHOOK, kind: 'webhook', url: alerts.webhook }],
      said: `${said}.webhook`,
    };
  }
  return alertsOf(spec, alerts.routes ?? {}, alerts.receivers ?? [], said);
}

/** Where alerts of a tenant go that has nothing to say: the stack's own among them. */
export function ofHub(spec: Spec): AlertsPlan | undefined {
  const [first] = spec.notifications?.receivers ?? [];
  return first === undefined
    ? undefined
    : alertsOf(spec, spec.notifications?.routes ?? {}, [first.name], 'spec.notifications');
}

const WEBHOOK = 'webhook';

function alertsOf(spec: Spec, said: SeverityRoutes, usual: readonly string[], whose: string): AlertsPlan {
  const routes: RoutePlan = {
    critical: said.critical ?? usual,
    warning: said.warning ?? usual,
    // Is only ever shown, unless somebody asks for it.
    info: said.info ?? [],
    others: said.others ?? usual,
  };
  const named = new Set(severities.flatMap((severity) => routes[severity]));
  return { routes, receivers: receiversOf(spec).filter(({ name }) => named.has(name)), said: whose };
}

function receiversOf({ notifications: said }: Spec): readonly ReceiverPlan[] {
  return (said?.receivers ?? []).map(receiverOf);
}

const PAGERDUTY = { us: 'https://events.pagerduty.com', eu: 'https://events.eu.pagerduty.com' } as const;

function receiverOf(said: Receiver): ReceiverPlan {
  const { name, email, slack, pagerduty, webhook } = said;
  if (email !== undefined) {
    const { username, password, ...mail } = email;
    const signIn = username === undefined || password === undefined ? {} : { signIn: { username, password } };
    return { name, kind: 'email', ...mail, ...signIn };
  }
  if (slack !== undefined) return { name, kind: 'slack', ...slack };
  if (pagerduty !== undefined)
    return {
      name,
      kind: 'pagerduty',
      routingKey: pagerduty.routingKey,
      url: `${PAGERDUTY[pagerduty.region]}/v2/enqueue`,
    };
  const url = webhook?.url ?? { secret: '', key: '', ...webhook?.secretUrl, host: webhook?.host ?? '' };
  if (webhook === undefined) throw new Error(`receiver '${name}' is none of ${receiverKinds.join(', ')}`);
  return { name, kind: 'webhook', url, ...(webhook.bearer !== undefined && { bearer: webhook.bearer }) };
}

/** The keys of Secrets that somebody who tells a receiver reads. */
export function secretFilesOf(receiver: ReceiverPlan): readonly SecretFile[] {
  switch (receiver.kind) {
    case 'email':
      return receiver.signIn === undefined ? [] : [receiver.signIn.password];
    case 'slack':
      return [receiver.url];
    case 'pagerduty':
      return [receiver.routingKey];
    case 'webhook':
      return [
        ...(typeof receiver.url === 'string' ? [] : [{ secret: receiver.url.secret, key: receiver.url.key }]),
        ...(receiver.bearer === undefined ? [] : [receiver.bearer]),
      ];
  }
}

/** Where a receiver is dialled: `host`, and its port. */
export function addressOf(receiver: ReceiverPlan): { readonly host: string; readonly port: number } {
  switch (receiver.kind) {
    case 'email':
      return split(receiver.smarthost);
    case 'slack':
      return split(receiver.host);
    case 'pagerduty':
      return split(new URL(receiver.url).host);
    case 'webhook':
      return split(typeof receiver.url === 'string' ? new URL(receiver.url).host : receiver.url.host);
  }
}

function split(address: string): { readonly host: string; readonly port: number } {
  const port = /:(\d+)$/.exec(address)?.[1];
  const host = address
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return { host, port: Number(port ?? 443) };
}
