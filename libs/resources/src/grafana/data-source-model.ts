import { z } from 'zod';

/**
 * The keys of Grafana 13.2's data source provisioning that this project writes, and no others: Grafana
 * itself ignores a misspelt key in silence. Sources: `pkg/services/provisioning/datasources/types.go` for
 * the file, the types of @grafana/prometheus and @grafana/o11y-ds-frontend 13.2 and of the Loki, Tempo,
 * Pyroscope and Alertmanager plugins for `jsonData`.
 */

/** Frozen: a changed uid of a provisioned data source stops provisioning, and breaks every dashboard. */
const uid = z.string().regex(/^(?:profiles|(?:metrics|logs|traces|alerts)-[A-Za-z0-9][-_A-Za-z0-9]*)$/);

/** A value that Grafana expands; a `$` of its own is written `$$`. */
const literal = z.string().refine((text) => !/\$/.test(text.replaceAll('$$', '')), 'a `$` that Grafana would expand');

/** What a trace's attribute is called where it leads to. */
const tag = z.strictObject({ key: literal, value: literal });
const shift = z.string().regex(/^-?\d+[smh]$/);

const prometheus = z.strictObject({
  httpMethod: z.enum(['GET', 'POST']),
  prometheusType: z.enum(['Mimir', 'Prometheus']),
  prometheusVersion: z.string(),
  timeInterval: z.string().regex(/^\d+[smh]$/),
  manageAlerts: z.boolean(),
  alertmanagerUid: uid.optional(),
  exemplarTraceIdDestinations: z.array(z.strictObject({ name: literal, datasourceUid: uid, urlDisplayLabel: literal })),
});

const loki = z.strictObject({
  manageAlerts: z.boolean(),
  alertmanagerUid: uid.optional(),
  maxLines: z.string().regex(/^\d+$/),
  derivedFields: z.array(
    z.strictObject({
      name: literal,
      matcherType: z.enum(['label', 'regex']),
      matcherRegex: literal,
      datasourceUid: uid,
      url: literal,
      urlDisplayLabel: literal,
    }),
  ),
});

const tempo = z.strictObject({
  tracesToLogsV2: z.strictObject({
    datasourceUid: uid,
    tags: z.array(tag),
    spanStartTimeShift: shift,
    spanEndTimeShift: shift,
    filterByTraceID: z.boolean(),
    filterBySpanID: z.boolean(),
    // With a query of its own Grafana would not filter by the trace's id.
    customQuery: z.literal(false),
  }),
  tracesToMetrics: z.strictObject({
    datasourceUid: uid,
    tags: z.array(tag),
    spanStartTimeShift: shift,
    spanEndTimeShift: shift,
    queries: z.array(z.strictObject({ name: literal, query: literal })).min(1),
  }),
  tracesToProfiles: z
    .strictObject({
      datasourceUid: uid,
      tags: z.array(tag),
      profileTypeId: literal,
      customQuery: z.literal(false),
    })
    .optional(),
  serviceMap: z.strictObject({ datasourceUid: uid }),
  nodeGraph: z.strictObject({ enabled: z.boolean() }),
  traceQuery: z.strictObject({ timeShiftEnabled: z.boolean(), spanStartTimeShift: shift, spanEndTimeShift: shift }),
  streamingEnabled: z.strictObject({ search: z.boolean(), metrics: z.boolean() }),
});

const pyroscope = z.strictObject({ minStep: z.string().regex(/^\d+[smh]$/) });

const alertmanager = z.strictObject({ implementation: z.literal('mimir'), handleGrafanaManagedAlerts: z.boolean() });

/** A reference to a file: the value is in a Secret. */
const file = String.raw`\$__file\{\/[-_./A-Za-z0-9]+\}`;
const secret = z.string().regex(new RegExp(`^${file}$`));

/** How somebody shows who he is: by a password, by a header of his own, or by a certificate. */
const shown = z.strictObject({
  tlsAuth: z.literal(true).optional(),
  tlsAuthWithCACert: z.literal(true).optional(),
  httpHeaderName1: z.literal('Authorization').optional(),
});

const common = {
  /** Absent for the main organisation; of the others Grafana makes the ids, and a file has them. */
  orgId: secret.optional(),
  name: literal,
  uid,
  access: z.literal('proxy'),
  url: z.url(),
  isDefault: z.boolean(),
  basicAuth: z.literal(true).optional(),
  basicAuthUser: z.union([literal, secret]).optional(),
  secureJsonData: z.strictObject({
    basicAuthPassword: secret.optional(),
    httpHeaderValue1: z
      .string()
      .regex(new RegExp(`^Bearer ${file}$`))
      .optional(),
    tlsClientCert: secret.optional(),
    tlsClientKey: secret.optional(),
    tlsCACert: secret.optional(),
  }),
  editable: z.literal(false),
};

const dataSource = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('prometheus'), jsonData: prometheus.extend(shown.shape) }),
  z.strictObject({ ...common, type: z.literal('loki'), jsonData: loki.extend(shown.shape) }),
  z.strictObject({ ...common, type: z.literal('tempo'), jsonData: tempo.extend(shown.shape) }),
  z.strictObject({ ...common, type: z.literal('alertmanager'), jsonData: alertmanager.extend(shown.shape) }),
  z.strictObject({ ...common, type: z.literal('grafana-pyroscope-datasource'), jsonData: pyroscope }),
]);

export type DataSource = z.infer<typeof dataSource>;

/** The whole file. There is no `prune` and no `deleteDatasources`: a data source of somebody's own stays. */
export const dataSourcesFile = z.strictObject({ apiVersion: z.literal(1), datasources: z.array(dataSource) });

export type DataSourcesFile = z.infer<typeof dataSourcesFile>;
