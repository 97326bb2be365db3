import { nearest } from '@lgtm-fleet/diagnostics';
import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import { isOfTheStack } from '../reserved.ts';
import type { ClusterSpec } from '../schema.ts';
import { metricsStoreOf } from '../tenant-stores.ts';
import { receiverKinds, severities, type Receiver, type SeverityRoutes } from './notifications.ts';
import { secretsOfReceiver } from './secrets.ts';

type Spec = ClusterSpec['spec'];

/** Every alert comes to somebody who can be told, and nobody is there whom nothing comes to. */
export function notifications({ spec }: ClusterSpec): Fault[] {
  if (spec.role === 'edge') return [];
  const receivers = spec.notifications?.receivers ?? [];
  return [
    ...receivers.flatMap((receiver, index) => {
      const path = ['spec', 'notifications', 'receivers', index];
      return [...kindOf(receiver, path), ...addressOf(receiver, path), ...secretOf(receiver, path)];
    }),
    ...names(receivers),
    ...unknown(spec),
    ...unused(spec),
    ...deadMansSwitch(spec),
    ...tenants(spec),
  ];
}

function kindOf(receiver: Receiver, path: Path): Fault[] {
  const kinds = receiverKinds.filter((kind) => receiver[kind] !== undefined);
  if (kinds.length === 1) return [];
  return [
    {
      id: 'receiver-kind',
      path: [...path, 'name'],
      message:
        kinds.length === 0
          ? `\`${receiver.name}\` is of no kind, so nobody can be told`
          : `\`${receiver.name}\` is of ${String(kinds.length)} kinds: ${kinds.map((kind) => `\`${kind}\``).join(', ')}`,
      label: `expected exactly one of ${receiverKinds.map((kind) => `\`${kind}\``).join(', ')}`,
      ...(kinds.length > 1 && { help: 'make a receiver of each, and name both in a route' }),
    },
  ];
}

/** What the kind needs beside what its form says. */
function addressOf({ name, email, webhook }: Receiver, path: Path): Fault[] {
  const faults: Fault[] = [];
  if (email !== undefined && (email.username === undefined) !== (email.password === undefined))
    faults.push({
      id: 'half-a-sign-in',
      path: [...path, 'email', email.username === undefined ? 'password' : 'username'],
      atKey: true,
      message: `\`${name}\` has a ${email.username === undefined ? 'password and no user name' : 'user name and no password'}`,
      help: 'say both, or neither where the server wants no sign-in',
    });
  if (webhook === undefined) return faults;
  const at = [...path, 'webhook'];
  if ((webhook.url === undefined) === (webhook.secretUrl === undefined))
    faults.push({
      id: 'receiver-address',
      path: at,
      atKey: true,
      message: `the webhook of \`${name}\` has ${webhook.url === undefined ? 'no address' : 'two addresses'}`,
      label: 'expected exactly one of `url`, `secretUrl`',
    });
  else if ((webhook.secretUrl === undefined) !== (webhook.host === undefined))
    faults.push({
      id: 'receiver-address',
      path: webhook.host === undefined ? at : [...at, 'host'],
      atKey: true,
      message:
        webhook.host === undefined
          ? `which host the secret address of \`${name}\` has, nobody can know, and policies let out to hosts`
          : `\`host\` is said by the address of \`${name}\` already`,
      help: webhook.host === undefined ? 'add `host: <host of the address>`' : 'remove it',
    });
  return faults;
}

/** What the stack fills itself is not to be shown to others. */
function secretOf(receiver: Receiver, path: Path): Fault[] {
  return secretsOfReceiver(receiver).flatMap(({ secret, path: below }): Fault[] =>
    isOfTheStack(secret)
      ? [
          {
            id: 'secret-of-the-stack',
            path: [...path, ...below, 'secret'],
            message: `\`${secret}\` is a Secret of the stack itself, and is not for what is outside`,
            help: 'give the receiver a Secret of its own',
          },
        ]
      : [],
  );
}

function names(receivers: readonly Receiver[]): Fault[] {
  return receivers.flatMap(({ name }, index): Fault[] => {
    const taken = RESERVED.includes(name);
    if (!taken && receivers.findIndex((other) => other.name === name) === index) return [];
    return [
      {
        id: 'duplicate-receiver',
        path: ['spec', 'notifications', 'receivers', index, 'name'],
        message: taken ? `\`${name}\` is a receiver that there is anyway` : `there is a receiver \`${name}\` already`,
        help: 'give it another name',
      },
    ];
  });
}

/** Names that generated routes use themselves. */
const RESERVED = ['nobody', 'webhook', 'dead-mans-switch'];

interface Named {
  readonly name: string;
  readonly path: Path;
}

/** Every place that speaks of a receiver. */
function spoken({ notifications: said, tenants: owners }: Spec): readonly Named[] {
  const { deadMansSwitch: dead } = said ?? {};
  return [
    ...routed(said?.routes, ['spec', 'notifications', 'routes']),
    ...(dead?.receiver === undefined
      ? []
      : [{ name: dead.receiver, path: ['spec', 'notifications', 'deadMansSwitch', 'receiver'] }]),
    ...owners.flatMap(({ alerts }, index) => [
      ...(alerts?.receivers ?? []).map((name, at) => ({
        name,
        path: ['spec', 'tenants', index, 'alerts', 'receivers', at],
      })),
      ...routed(alerts?.routes, ['spec', 'tenants', index, 'alerts', 'routes']),
    ]),
  ];
}

function routed(routes: SeverityRoutes | undefined, path: Path): readonly Named[] {
  return severities.flatMap((severity) =>
    (routes?.[severity] ?? []).map((name, at) => ({ name, path: [...path, severity, at] })),
  );
}

function unknown(spec: Spec): Fault[] {
  const known = (spec.notifications?.receivers ?? []).map(({ name }) => name);
  return spoken(spec)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, path }) => {
      const meant = nearest(name, known);
      return {
        id: 'unknown-receiver',
        path,
        message: `there is no receiver \`${name}\``,
        help:
          meant !== undefined
            ? `did you mean \`${meant}\`?`
            : known.length === 0
              ? 'add it to `spec.notifications.receivers`'
              : `there is ${known.map((each) => `\`${each}\``).join(', ')}`,
      };
    });
}

/** The first is told of everything that no route names, and of what tenants without alerts of their own have. */
function unused(spec: Spec): Fault[] {
  const { receivers = [], routes = {} } = spec.notifications ?? {};
  const [first] = receivers;
  const named = new Set(spoken(spec).map(({ name }) => name));
  const falls = severities.some((severity) => severity !== 'info' && routes[severity] === undefined);
  return receivers.flatMap(({ name }, index): Fault[] =>
    named.has(name) || (falls && name === first?.name)
      ? []
      : [
          {
            id: 'unused-receiver',
            path: ['spec', 'notifications', 'receivers', index, 'name'],
            message: `nothing is sent to \`${name}\``,
            help: 'name it in `routes`, in `alerts` of a tenant or in `deadMansSwitch`, or leave it out',
          },
        ],
  );
}

function deadMansSwitch(spec: Spec): Fault[] {
  const dead = spec.notifications?.deadMansSwitch;
  if (dead === undefined) return [];
  const path = ['spec', 'notifications', 'deadMansSwitch'];
  const faults: Fault[] = [];
  if ((dead.receiver === undefined) === (dead.url === undefined))
    faults.push({
      id: 'receiver-address',
      path,
      atKey: true,
      message: `\`deadMansSwitch\` tells ${dead.receiver === undefined ? 'nobody' : 'two at once'}`,
      label: 'expected exactly one of `receiver`, `url`',
    });
  if (metricsStoreOf(spec) === 'mimir' && spec.selfMonitoring?.metaMonitoring !== true)
    faults.push({
      id: 'dead-mans-switch-without-watcher',
      path,
      atKey: true,
      message: 'what is to say that all is well would be silent together with Mimir, and nothing else evaluates',
      help: 'add `selfMonitoring: {}`, with which a Prometheus of its own watches the stores',
    });
  return faults;
}

/** A tenant says a webhook of its own, or who of the receivers is told. */
function tenants({ tenants: owners }: Spec): Fault[] {
  return owners.flatMap(({ name, alerts }, index): Fault[] => {
    if (alerts === undefined) return [];
    const { webhook, receivers, routes } = alerts;
    const path = ['spec', 'tenants', index, 'alerts'];
    if (webhook === undefined && receivers === undefined && routes === undefined)
      return [
        {
          id: 'alerts-to-nobody',
          path,
          atKey: true,
          message: `\`alerts\` of \`${name}\` says neither who is told nor that nobody is`,
          label: 'expected `webhook`, `receivers` or `routes`',
          help: '`receivers: []` keeps them to Grafana; without `alerts` they go where `notifications` says',
        },
      ];
    if (webhook === undefined || (receivers === undefined && routes === undefined)) return [];
    return [
      {
        id: 'webhook-beside-receivers',
        path: [...path, 'webhook'],
        atKey: true,
        message: 'a `webhook` takes every alert of the tenant, so `receivers` and `routes` would get none',
        help: 'make a receiver of the webhook, or leave the others out',
      },
    ];
  });
}
