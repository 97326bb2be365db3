import { z } from 'zod';
import { dnsLabel, tenantName } from '../names.ts';
import { duration, logVolume, seriesOf, traceThroughput } from '../quantities.ts';
import { metricLabel, metricLabels } from './references.ts';

/** Who pushes from outside, by himself or by a collector of ours on his machine. */

const sent = {
  tenant: tenantName.optional().describe('As whom; the first tenant unless said.'),
  writer: tenantName.describe("One of the tenant's `writers`, with whose credential it pushes."),
};

/** Somebody who pushes already: a Prometheus, a collector of OpenTelemetry, an application. */
export const sender = z.strictObject({
  name: dnsLabel,
  ...sent,
  protocols: z
    .array(z.enum(['remote-write', 'otlp', 'loki']))
    .min(1)
    .max(3),
  series: seriesOf('What it sends.').optional(),
  logs: logVolume('Log lines.').optional(),
  traces: traceThroughput('Spans.').optional(),
  pair: z
    .strictObject({
      cluster: metricLabel.default('cluster').describe('Label that both of a pair share.'),
      replica: metricLabel.default('__replica__').describe('Label that tells them apart; it is taken off.'),
    })
    .optional()
    .describe('Two that send the same: one of them is taken.'),
});

/** Machines outside, alike in what they run: each runs Alloy with the file that is generated for the group. */
export const hostGroup = z.strictObject({
  name: dnsLabel,
  ...sent,
  os: z.enum(['linux', 'windows']).default('linux'),
  count: z.int().min(1).max(100_000).default(1),
  labels: metricLabels,
  interval: duration(5, 3600, '5s to 1h', 'How often metrics are read.').prefault('60s'),
  series: seriesOf('Of all its machines together; 1,000 of each unless said, 1,500 with Windows.').optional(),
  logs: logVolume('Log lines of all its machines together; 100 B/s of each unless said.').optional(),
  traces: traceThroughput('Spans of all its machines together, where it takes OTLP.').optional(),
  journal: z.boolean().default(true).describe('Linux: lines of the journal.'),
  eventLogs: z
    .array(
      z
        .string()
        .regex(/^\w[\w .()&/%+-]*$/, 'the name of an event log such as `System`')
        .max(256),
    )
    .max(50)
    .default(['Application', 'System'])
    .describe('Windows: the logs of events that are read.'),
  files: z
    .array(
      z
        .string()
        .regex(/^(\/|[A-Za-z]:\\)[^\0-\x1f"`<>|]+$/, 'an absolute path, with `*` where there are several')
        .max(1024),
    )
    .max(100)
    .default([])
    .describe('Files of log lines.'),
  otlp: z.boolean().default(false).describe('Takes OTLP from applications of the machine, on loopback.'),
  buffer: duration(600, 7 * 86_400, '10m to 7d', 'How long it keeps on its disk what it cannot send.').prefault('6h'),
});

export type Sender = z.output<typeof sender>;
export type HostGroup = z.output<typeof hostGroup>;
