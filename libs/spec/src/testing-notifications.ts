import fc from 'fast-check';

/** Receivers of every kind and form. */
const RECEIVERS = [
  { name: 'mail', email: { to: ['on-call@example.com'], from: 'fleet@example.com', smarthost: 'smtp.example.com:25' } },
  {
    name: 'signed-mail',
    email: {
      to: ['a@example.com', 'b@example.com'],
      from: 'fleet@example.com',
      smarthost: 'smtp.example.com:587',
      username: 'fleet',
      password: { secret: 'smtp', key: 'password' },
    },
  },
  { name: 'chat', slack: { channel: '#alerts', url: { secret: 'slack', key: 'url' } } },
  { name: 'pager', pagerduty: { routingKey: { secret: 'pagerduty', key: 'routing-key' }, region: 'eu' } },
  { name: 'hook', webhook: { url: 'https://hooks.example.com:8443/fleet' } },
  {
    name: 'secret-hook',
    webhook: {
      secretUrl: { secret: 'hook', key: 'url' },
      host: 'hooks.example.org',
      bearer: { secret: 'hook', key: 'token' },
    },
  },
];

/** `spec.notifications`: some receivers, of which routes name all but the first, which has the rest. */
export const notificationsValue = fc.option(
  fc
    .record({ receivers: fc.shuffledSubarray(RECEIVERS, { minLength: 1 }), told: fc.boolean() })
    .map(({ receivers, told }) => {
      const others = receivers.slice(1).map(({ name }) => name);
      return {
        receivers,
        ...(others.length > 0 && { routes: { critical: others, ...(told && { info: others.slice(0, 1) }) } }),
      };
    }),
  { nil: undefined },
);

/** What a tenant says of its own alerts, where there is anybody to name. */
export function alertsOfTenant(
  notifications: { readonly receivers: readonly { readonly name: string }[] } | undefined,
): { readonly alerts?: unknown } {
  const [first] = notifications?.receivers ?? [];
  return first === undefined ? {} : { alerts: { receivers: [first.name], routes: { critical: [] } } };
}

/** `notifications` of a cluster, with a dead man's switch where something goes on without the stores. */
export function watched(notifications: object | undefined, evaluated: boolean): { readonly notifications?: object } {
  if (notifications === undefined) return {};
  const deadMansSwitch = { url: 'https://alive.example.com/ping', interval: '10m' };
  return { notifications: { ...notifications, ...(evaluated && { deadMansSwitch }) } };
}
