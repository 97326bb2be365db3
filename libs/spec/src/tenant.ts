import { z } from 'zod';
import { dnsLabel, groupName, tenantName } from './names.ts';
import { hookUrl, receiverName, severityRoutes } from './notifications/notifications.ts';
import { byteRate, percent, retention, seriesCount } from './quantities.ts';

/** How somebody presents himself at the gateway. */
const credential = z.enum(['password', 'token', 'certificate']);

/** Who owns telemetry: it is written, limited, kept and read by tenant. */
export const tenant = z.strictObject({
  name: tenantName.describe('Also its user name at the gateway.'),
  load: percent("Its share of the cluster's load; what is left is shared evenly unless said.").optional(),
  namespaces: z
    .array(dnsLabel)
    .default([])
    .describe('Namespaces whose telemetry is its own; the first tenant takes all others.'),
  retention: z
    .strictObject({
      metrics: retention('Metrics.').optional(),
      logs: retention('Logs.').optional(),
      traces: retention('Traces.').optional(),
    })
    .optional(),
  limits: z
    .strictObject({
      activeSeries: seriesCount('Series at one time.').optional(),
      logs: byteRate('Log lines.').optional(),
      traces: byteRate('Spans.').optional(),
    })
    .optional()
    .describe('What it may send at most; from its share of the load, with room for bursts, unless said.'),
  credential: credential
    .default('password')
    .describe('What its senders show at the gateway: a password, a bearer token or a client certificate.'),
  writers: z
    .array(z.strictObject({ name: tenantName, credential: credential.default('password') }))
    .max(50)
    .default([])
    .describe('Others who push as this tenant, each with a credential of its own that reads nothing.'),
  viewers: z.array(groupName).max(50).default([]).describe('Groups of the OIDC provider that see it in Grafana.'),
  editors: z
    .array(groupName)
    .max(50)
    .default([])
    .describe('Groups that also change its dashboards, rules and alert routes.'),
  alerts: z
    .strictObject({
      webhook: hookUrl.optional().describe('Takes every alert of the tenant, as Alertmanager posts it.'),
      receivers: z
        .array(receiverName)
        .max(10)
        .optional()
        .describe('Who of `notifications` is told of everything that `routes` does not say; an empty list is nobody.'),
      routes: severityRoutes.optional().describe('Who of `notifications` is told, by severity.'),
    })
    .optional()
    .describe('Where its alerts go; where `notifications` says unless said here.'),
  adopts: z
    .enum(['untenanted'])
    .optional()
    .describe('untenanted: also reads what was written before there were tenants (fake, anonymous, single-tenant).'),
  blockUpload: z
    .boolean()
    .default(false)
    .describe('Its senders may upload blocks of old metrics, as `mimirtool backfill` does; for the time of a move.'),
});

/** Who sees several tenants at once. */
export const reader = z.strictObject({
  name: tenantName.describe('Its user name at the gateway, and its name in Grafana.'),
  tenants: z.array(tenantName).min(1).max(100).describe('Whom it reads; it writes nowhere.'),
  credential: credential.default('password').describe('What it shows at the gateway.'),
  groups: z
    .array(groupName)
    .max(50)
    .default([])
    .describe('Groups of the OIDC provider that see all of them in Grafana.'),
});
