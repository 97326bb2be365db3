import { z } from 'zod';
import { duration, logVolume, percent, queryRate, retention, seriesCount, traceThroughput } from './quantities.ts';
import { empty, objectStorage } from './object-storage.ts';

/**
 * What a person knows about a cluster, and nothing that can be derived. The schema is the one source of
 * the TypeScript type, of the defaults and of the editors' JSON Schema.
 */

// A file is parsed once: compiling a parser for each object would cost more than it saves.
z.config({ jitless: true });

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const HOSTNAME = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What a DNS label is, for messages. */
export const LABEL = 'a DNS label: `a-z`, `0-9` and `-`, not at the ends';
const LABEL_VALUE = 'a label value: letters, digits, `-`, `_` and `.`, not at the ends';

// 40 characters leave room for every suffix that a derived name gets within 63.
const clusterName = z.string().regex(DNS_LABEL, LABEL).max(40);
const dnsLabel = z.string().regex(DNS_LABEL, LABEL).max(63);
const hostname = z.string().regex(HOSTNAME, 'a host name such as `grafana.example.com`').max(253);

const kubernetes = z.strictObject({
  version: z.enum(['1.33', '1.34', '1.35', '1.36', '1.37']).default('1.36').describe('Minor version of the cluster.'),
  nodes: z
    .int()
    .min(1)
    .max(15_000)
    .optional()
    .describe('Nodes that may run the stack; one, or one for each zone, unless said.'),
  zones: z
    .array(
      z
        .string()
        .regex(/^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/, LABEL_VALUE)
        .max(63),
    )
    .max(3)
    .default([])
    .describe('Values of topology.kubernetes.io/zone; three make the rings zone-aware.'),
  storageClass: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      'the name of a StorageClass: `a-z`, `0-9`, `-` and `.`, not at the ends',
    )
    .max(253)
    .optional()
    .describe("StorageClass of every volume; the cluster's default class unless said."),
  clusterDomain: hostname.default('cluster.local').describe('DNS domain of the cluster.'),
});

const load = z.strictObject({
  metrics: z
    .strictObject({
      activeSeries: seriesCount('Series that received a sample in the last minutes.').prefault('20k'),
      scrapeInterval: duration(5, 300, '5s to 5m', 'How often targets are scraped.').prefault('60s'),
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

// Both end up in grafana.ini, where a line end, `$` and `;` have a meaning.
const issuer = z
  .string()
  .regex(
    /^https:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{2,5})?(\/[\w.~%@:+/-]*)?$/i,
    'an address such as `https://id.example.com`',
  )
  .max(512);
const clientId = z
  .string()
  .regex(/^[\w.~@:+/-]+$/, 'a client id: letters, digits and `. ~ @ : + / - _`')
  .max(255);

const tenant = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/, 'a tenant name: letters, digits, `-` and `_`, not at the ends')
    .max(63)
    .describe('Also its user name at the gateway.'),
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
  logs: z
    .strictObject({
      mode: z
        .enum(['monolithic', 'highly-available', 'distributed'])
        .optional()
        .describe('Overrules what the plan would choose.'),
      schemaFrom: z.iso
        .date()
        .default('2025-01-01')
        .describe('First day of the index schema; in the past, and never changed.'),
    })
    .prefault({}),
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
    })
    .optional(),
  exposure: z
    .strictObject({
      gateway: z.strictObject({ name: dnsLabel, namespace: dnsLabel }).describe('An existing Gateway (Gateway API).'),
      grafana: z.strictObject({ hostname }).describe('Where people open Grafana.'),
      ingest: z.strictObject({ hostname }).optional().describe('Where edges and outsiders push.'),
    })
    .optional(),
  grafana: z
    .strictObject({
      database: z
        .strictObject({
          sqlite: empty.optional(),
          postgres: z
            .strictObject({
              host: hostname,
              port: z.int().min(1).max(65_535).default(5432),
              name: z
                .string()
                .regex(/^[a-z_][a-z0-9_]*$/, 'a database name: `a-z`, `0-9` and `_`')
                .max(63)
                .default('grafana'),
            })
            .optional(),
        })
        .optional(),
      oidc: z
        .strictObject({
          issuer,
          clientId,
          authorizationUrl: issuer
            .optional()
            .describe('<issuer>/authorize unless said; Grafana reads no discovery document.'),
          tokenUrl: issuer.optional().describe('<issuer>/token unless said.'),
          userInfoUrl: issuer.optional().describe('<issuer>/userinfo unless said.'),
        })
        .optional(),
    })
    .prefault({}),
  tenants: z
    .array(tenant)
    .min(1)
    .max(500)
    .prefault([{ name: 'main', load: '100%' }]),
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
    labels: z
      .record(
        z.string().regex(DNS_LABEL, LABEL).max(63),
        z
          .string()
          .regex(/^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/, LABEL_VALUE)
          .max(63),
      )
      .default({}),
  }),
  spec: spec.prefault({}),
});

/** A cluster file with every default filled in and every quantity in base units (bytes, seconds, parts of one). */
export type ClusterSpec = z.output<typeof clusterSchema>;

/** Defaults of `spec.retention`; kept here since an edge must not have the key at all. */
export const defaultRetention = { metrics: 30 * 86_400, logs: 14 * 86_400, traces: 7 * 86_400 } as const;
