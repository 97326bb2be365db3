import { z } from 'zod';
import { hostAndPort, secretKey } from '../ingest/references.ts';
import { dnsLabel } from '../names.ts';
import { duration } from '../quantities.ts';

/** Name of a receiver; it becomes part of no other name. */
export const receiverName = dnsLabel.max(63);

const address = z
  .string()
  .regex(/^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/i, 'an address such as `on-call@example.com`')
  .max(254);

/** An address that may stand in a repository; one with a secret in it is `secretUrl`. */
export const hookUrl = z
  .string()
  .regex(
    /^https:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{2,5})?(\/[\w.~%@:+/-]*)?$/i,
    'an address such as `https://alerts.example.com/hook`',
  )
  .max(512);

const hookHost = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{2,5})?$/i,
    'a host such as `hooks.example.com`, with a port where it is not 443',
  )
  .max(260);

/** Somebody who is told. */
const receiver = z.strictObject({
  name: receiverName.describe('By this name routes speak of it.'),
  email: z
    .strictObject({
      to: z.array(address).min(1).max(20),
      from: address,
      smarthost: hostAndPort.describe('Server that takes the mail, with its port: `smtp.example.com:587`.'),
      username: z.string().min(1).max(254).optional().describe('Who signs in at the server.'),
      password: secretKey.optional().describe('Its password.'),
    })
    .optional(),
  slack: z
    .strictObject({
      channel: z
        .string()
        .regex(/^[#@]?[\w.-]+$/, 'a channel such as `#alerts`')
        .max(100),
      url: secretKey.describe('Address of the incoming webhook, which is a secret as a whole.'),
      host: hookHost.default('hooks.slack.com').describe('Host of that address, which policies let out.'),
    })
    .optional(),
  pagerduty: z
    .strictObject({
      routingKey: secretKey.describe('Integration key of the service, of the Events API v2.'),
      region: z.enum(['us', 'eu']).default('us').describe('Service region of the account.'),
    })
    .optional(),
  webhook: z
    .strictObject({
      url: hookUrl.optional().describe('Takes alerts as Alertmanager posts them.'),
      secretUrl: secretKey.optional().describe('The address, where it is a secret itself.'),
      host: hookHost.optional().describe('Host of a secret address, which policies let out.'),
      bearer: secretKey.optional().describe('Token that is shown to it.'),
    })
    .optional(),
});

const receivers = z.array(receiverName).max(10);

/** Who is told of what; every alert of the stack has one of these severities. */
export const severityRoutes = z.strictObject({
  critical: receivers.optional().describe('Wakes somebody.'),
  warning: receivers.optional().describe('Is looked at in working hours.'),
  info: receivers.optional().describe('Is only shown unless said: nobody is told.'),
  others: receivers.optional().describe('Alerts of any other severity, or of none.'),
});

/** Where alerts of a hub go. */
export const notifications = z.strictObject({
  receivers: z
    .array(receiver)
    .min(1)
    .max(50)
    .describe('Who can be told; the first of everything, unless routes say otherwise.'),
  routes: severityRoutes.prefault({}).describe('Who is told, by severity; an empty list is nobody.'),
  deadMansSwitch: z
    .strictObject({
      receiver: receiverName
        .optional()
        .describe('A receiver that raises the alarm itself when nothing comes any more.'),
      url: hookUrl.optional().describe('An address that does so, which nothing else is sent to.'),
      interval: duration(60, 86_400, '1m to 24h', 'How often it is told that all is well.').prefault('5m'),
    })
    .optional()
    .describe('An alert that always fires; the one who gets it raises the alarm when it stays away.'),
});

export type Receiver = z.output<typeof receiver>;
export type SeverityRoutes = z.output<typeof severityRoutes>;

/** Kinds of receivers; each has exactly one. */
export const receiverKinds = ['email', 'slack', 'pagerduty', 'webhook'] as const;

/** In the order in which a person asks. */
export const severities = ['critical', 'warning', 'info', 'others'] as const;
