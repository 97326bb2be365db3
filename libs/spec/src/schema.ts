import { z } from 'zod';
import { exposure } from './exposure.ts';
import { grafana } from './grafana.ts';
import { ingest } from './ingest/ingest.ts';
import { logs } from './logs.ts';
import { clusterName, dnsLabel, hostname, labelKey, labelValue, objectName, tenantName } from './names.ts';
import { notifications } from './notifications/notifications.ts';
import { empty, objectStorage } from './object-storage.ts';
import { duration, logVolume, percent, queryRate, retention, seriesCount, traceThroughput } from './quantities.ts';
import { reader, tenant } from './tenant.ts';

/**
 * What a person knows about a cluster, and nothing that can be derived. The schema is the one source of
 * the TypeScript type, of the defaults and of the editors' JSON Schema.
 */

const kubernetes = z.strictObject({
  version: z.enum(['1.33', '1.34', '1.35', '1.36', '1.37']).default('1.36').describe('Minor version of the cluster.'),
  nodes: z
    .int()
    .min(1)
    .max(15_000)
    .optional()
    .describe('Nodes that may run the stack; one, or one for each zone, unless said.'),
  zones: z
    .array(labelValue)
    .max(3)
    .default([])
    .describe('Values of topology.kubernetes.io/zone; three make the rings zone-aware.'),
  storageClass: objectName('a StorageClass')
    .optional()
    .describe("StorageClass of every volume; the cluster's default class unless said."),
  networkPolicies: z
    .enum(['kubernetes', 'cilium'])
    .default('kubernetes')
    .describe('cilium: what leaves the cluster is allowed by host name, not by any address.'),
  clusterDomain: hostname.default('cluster.local').describe('DNS domain of the cluster.'),
});

/** Of `load.metrics.scrapeInterval`. */
export const SCRAPE_SECONDS = { least: 5, most: 75 } as const;

const load = z.strictObject({
  metrics: z
    .strictObject({
      activeSeries: seriesCount('Series that received a sample in the last minutes.').prefault('20k'),
      scrapeInterval: duration(
        SCRAPE_SECONDS.least,
        SCRAPE_SECONDS.most,
        '5s to 75s',
        'How often targets are scraped. Rules look at five minutes, and need four scrapes of them; a source may be slower.',
      ).prefault('60s'),
    })
    .prefault({}),
  logs: z.strictObject({ volume: logVolume('Uncompressed log lines.').prefault('1GB/day') }).prefault({}),
  traces: z.strictObject({ throughput: traceThroughput('Spans, as OTLP bytes.').prefault('50kB/s') }).prefault({}),
  queries: queryRate('Queries of dashboards, people and rules together.').prefault('1/s'),
});

const sampling = z.strictObject({
  head: percent('Traces kept at random, before anything is known of them.').prefault('100%'),
  tail: z
    .strictObject({
      decisionWait: duration(1, 300, '1s to 5m', 'How long spans of a trace are waited for.').prefault('10s'),
      keepErrors: z.boolean().default(true).describe('Keep every trace with an error.'),
      keepSlowerThan: duration(0.01, 3600, '0.01s to 1h', 'Keep every trace that took longer.').prefault('1s'),
      baseline: percent('Of all other traces, how many are kept.').prefault('10%'),
    })
    .optional()
    .describe('Decide when a trace is complete; needs memory for traces under way.'),
});

const spec = z.strictObject({
  role: z.enum(['hub', 'edge']).default('hub').describe('hub runs the stores; edge only collects, and ships to a hub.'),
  hub: clusterName.optional().describe('For an edge: the cluster it ships to.'),
  kubernetes: kubernetes.prefault({}),
  load: load.prefault({}),
  retention: z
    .strictObject({
      metrics: retention('Metrics.').prefault('30d'),
      logs: retention('Logs.').prefault('14d'),
      traces: retention('Traces.').prefault('7d'),
    })
    .optional(),
  metrics: z
    .strictObject({
      store: z
        .enum(['prometheus', 'mimir'])
        .optional()
        .describe('prometheus where objects are files, mimir otherwise, unless said.'),
      mode: z
        .enum(['monolithic', 'highly-available', 'distributed'])
        .optional()
        .describe('Overrules what the plan would choose.'),
      architecture: z
        .enum(['classic', 'ingest-storage'])
        .default('classic')
        .describe('ingest-storage: writes go through Kafka.'),
    })
    .prefault({}),
  logs: logs.prefault({}),
  traces: z
    .strictObject({
      mode: z.enum(['monolithic', 'distributed']).optional().describe('Overrules what the plan would choose.'),
      sampling: sampling.prefault({}),
    })
    .prefault({}),
  objectStorage: objectStorage.optional(),
  secrets: z
    .strictObject({
      bootstrap: empty.optional().describe('Made once when the cluster is bootstrapped.'),
      externalSecrets: z.strictObject({ store: dnsLabel.describe('Name of a ClusterSecretStore.') }).optional(),
      sealedSecrets: empty.optional().describe('SealedSecrets that you commit below clusters/<name>/secrets/.'),
      sops: empty
        .optional()
        .describe('Secrets encrypted by SOPS below clusters/<name>/secrets/; you decrypt and apply them.'),
    })
    .optional(),
  tls: z
    .strictObject({
      issuer: objectName('a ClusterIssuer').describe(
        'ClusterIssuer of cert-manager, by a CA that all components trust.',
      ),
    })
    .optional()
    .describe('HTTP and gRPC between components are encrypted, with certificates from this issuer.'),
  exposure: exposure.optional(),
  grafana: grafana.prefault({}),
  tenants: z
    .array(tenant)
    .min(1)
    .max(500)
    .prefault([{ name: 'main', load: '100%' }]),
  readers: z.array(reader).max(100).default([]).describe('Who sees several tenants at once.'),
  selfMonitoring: z
    .strictObject({
      tenant: tenantName.default('self-monitoring'),
      canaries: z.boolean().default(true).describe('Write and read back all the time, and tell what was lost.'),
      metaMonitoring: z
        .boolean()
        .default(true)
        .describe('A small Prometheus of its own watches the stores, and alerts when they are down.'),
    })
    .optional()
    .describe("The stack's own telemetry is a tenant of its own, with canaries that use the front door as others do."),
  notifications: notifications.optional().describe('Who is told of alerts; nobody unless said.'),
  ingest: ingest.prefault({}),
  sample: z
    .boolean()
    .default(false)
    .describe('Two small services and a load generator that send all three signals, in namespace sample.'),
  lint: z
    .strictObject({
      suppress: z
        .array(
          z.strictObject({
            rule: z.string().regex(/^[a-z][a-z0-9-]*$/, 'the id of a rule, as in docs/rules/'),
            object: z
              .string()
              .regex(/^[A-Za-z]+ \S+$/, 'a kind and a name, as in findings: `StatefulSet observability/loki`')
              .optional()
              .describe('Only there; everywhere on this cluster unless said.'),
            reason: z.string().regex(/\S{2,}\s+\S+/, 'why this finding is accepted here'),
          }),
        )
        .max(100)
        .default([]),
    })
    .prefault({})
    .describe('Findings of `nx run tools:lint` that are known and accepted.'),
  argocd: z
    .strictObject({
      repository: z
        .string()
        .regex(/^(https|ssh|git):\/\/[\w.~%@:+/-]+$|^git@[\w.-]+:[\w.~+/-]+$/, 'the address of a git repository')
        .optional()
        .describe('Where Argo CD reads this directory; the repository of package.json unless said.'),
      revision: z
        .string()
        .regex(/^[\w./-]+$/, 'a branch, tag or commit')
        .default('main'),
      mirror: z
        .string()
        .regex(/^(https|ssh|git):\/\/[\w.~%@:+/-]*[\w]$/, 'an address such as `https://git.example.com/mirrors`')
        .optional()
        .describe('Where mirrors of third-party repositories are: <mirror>/argo-cd.git and so on.'),
      pollInterval: duration(10, 3600, '10s to 1h', 'How often Argo CD looks at git.').prefault('2m'),
      selfManaged: z
        .boolean()
        .default(true)
        .describe('Argo CD manages itself at the pinned version; false where others install and upgrade it.'),
    })
    .prefault({}),
});

export const clusterSchema = z.strictObject({
  apiVersion: z.literal('lgtm-fleet/v1'),
  kind: z.literal('Cluster'),
  metadata: z.strictObject({
    name: clusterName.describe('Also the name of the folder.'),
    labels: z.record(labelKey, labelValue).default({}),
  }),
  spec: spec.prefault({}),
});

/** A cluster file with every default filled in and every quantity in base units (bytes, seconds, parts of one). */
export type ClusterSpec = z.output<typeof clusterSchema>;

/** Defaults of `spec.retention`; kept here since an edge must not have the key at all. */
export const defaultRetention = { metrics: 30 * 86_400, logs: 14 * 86_400, traces: 7 * 86_400 } as const;
