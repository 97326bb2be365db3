import type { Plan, TenantPlan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { isEncrypted, schemeOf, TLS_FILES } from '../tls.ts';
import type { DataSource, DataSourcesFile } from './data-source-model.ts';

/** Where the base mounts the tenants' passwords, one file each. */
const PASSWORDS = '/etc/tenant-credentials';

type Signal = 'metrics' | 'logs' | 'traces' | 'alerts';

/** Never change: dashboards, alerts and correlations name a data source by it. */
export function dataSourceUid(signal: Signal, tenant: string): string {
  return `${signal}-${tenant}`;
}

/** One set of data sources for each tenant, each signal linked to the others of the same tenant. */
export function dataSources(plan: Plan): DataSourcesFile {
  return { apiVersion: 1, datasources: plan.tenants.flatMap((tenant, index) => ofTenant(plan, tenant, index === 0)) };
}

function ofTenant(plan: Plan, { name: tenant }: TenantPlan, first: boolean): readonly DataSource[] {
  const gateway = `${schemeOf(plan, 'gateway')}://${fqdn(plan, 'gateway')}:8080`;
  const checks = isEncrypted(plan, 'gateway') ? ({ tlsAuthWithCACert: true } as const) : {};
  const common = (signal: Signal, title: string, path: string) =>
    ({
      name: `${title} (${tenant})`,
      uid: dataSourceUid(signal, tenant),
      access: 'proxy',
      url: gateway + path,
      isDefault: first && signal === 'metrics',
      basicAuth: true,
      basicAuthUser: tenant,
      secureJsonData: {
        basicAuthPassword: `$__file{${PASSWORDS}/${tenant}}`,
        ...(isEncrypted(plan, 'gateway') && { tlsCACert: `$__file{${TLS_FILES.ca}}` }),
      },
      editable: false,
    }) as const;
  const to = (signal: Signal) => dataSourceUid(signal, tenant);
  const alertmanager = plan.mimir === undefined ? {} : { alertmanagerUid: to('alerts') };
  return [
    {
      ...common('metrics', 'Metrics', '/prometheus'),
      type: 'prometheus',
      jsonData: {
        ...checks,
        httpMethod: 'POST',
        ...(plan.mimir === undefined
          ? { prometheusType: 'Prometheus', prometheusVersion: '2.50.1' }
          : { prometheusType: 'Mimir', prometheusVersion: '2.9.1' }),
        timeInterval: `${String(plan.collection.scrapeIntervalSeconds)}s`,
        manageAlerts: true,
        ...alertmanager,
        exemplarTraceIdDestinations: EXEMPLAR_LABELS.map((name) => ({
          name,
          datasourceUid: to('traces'),
          urlDisplayLabel: 'Open trace',
        })),
      },
    },
    {
      ...common('logs', 'Logs', '/loki'),
      type: 'loki',
      jsonData: {
        ...checks,
        manageAlerts: true,
        ...alertmanager,
        maxLines: '1000',
        derivedFields: [
          traceLink({ name: 'trace_id', matcherType: 'label', matcherRegex: 'trace_id', datasourceUid: to('traces') }),
          traceLink({
            name: 'trace id in the line',
            matcherType: 'regex',
            matcherRegex: String.raw`[tT]race_?[iI][dD]"?[=:]\s*"?([0-9a-f]{32})`,
            datasourceUid: to('traces'),
          }),
        ],
      },
    },
    {
      ...common('traces', 'Traces', '/tempo'),
      type: 'tempo',
      jsonData: {
        ...checks,
        tracesToLogsV2: {
          datasourceUid: to('logs'),
          tags: [{ key: 'service.name', value: 'service_name' }],
          // Lines are stamped by another clock than spans, and some are written after the span ended.
          spanStartTimeShift: '-5m',
          spanEndTimeShift: '5m',
          filterByTraceID: true,
          filterBySpanID: false,
          customQuery: false,
        },
        tracesToMetrics: {
          datasourceUid: to('metrics'),
          tags: [{ key: 'service.name', value: 'service' }],
          spanStartTimeShift: '-15m',
          spanEndTimeShift: '15m',
          queries: SPAN_METRICS,
        },
        serviceMap: { datasourceUid: to('metrics') },
        nodeGraph: { enabled: true },
        traceQuery: { timeShiftEnabled: true, spanStartTimeShift: '-30m', spanEndTimeShift: '30m' },
        streamingEnabled: { search: false, metrics: false },
      },
    },
    ...(plan.mimir === undefined
      ? []
      : [
          {
            ...common('alerts', 'Alertmanager', ''),
            type: 'alertmanager',
            jsonData: { ...checks, implementation: 'mimir', handleGrafanaManagedAlerts: false },
          } satisfies DataSource,
        ]),
  ];
}

/** Reasons for readers of the generated file, by the path that they stand at. */
export function dataSourceComments({ datasources }: DataSourcesFile): Readonly<Record<string, string>> {
  const index = (type: DataSource['type']) => String(datasources.findIndex((source) => source.type === type));
  return {
    'datasources/0/uid': 'Frozen: provisioning stops at a changed uid, and dashboards name it',
    'datasources/0/secureJsonData': 'Read from the mounted Secret tenant-credentials when Grafana starts',
    'datasources/0/jsonData/exemplarTraceIdDestinations': 'Metric → trace',
    [`datasources/${index('loki')}/jsonData/derivedFields`]:
      'Log → trace, by structured metadata or by the line itself; `$$` is a `$` that Grafana leaves alone',
    [`datasources/${index('tempo')}/jsonData/tracesToLogsV2`]: 'Trace → logs',
    [`datasources/${index('tempo')}/jsonData/tracesToMetrics`]: "Trace → metrics, made by Tempo's metrics-generator",
    [`datasources/${index('tempo')}/jsonData/serviceMap`]:
      "Service graph, from the metrics-generator's series in this tenant",
    [`datasources/${index('tempo')}/jsonData/streamingEnabled`]: 'Streaming is gRPC, which does not pass the gateway',
  };
}

/** `trace_id` is what OpenTelemetry's SDKs and Tempo's metrics-generator write here, `traceID` what older clients do. */
const EXEMPLAR_LABELS = ['trace_id', 'traceID'] as const;

const SPAN_METRICS = [
  {
    name: 'Requests per second',
    query: 'sum by (span_name) (rate(traces_spanmetrics_calls_total{$$__tags}[$$__rate_interval]))',
  },
  {
    name: 'Errors per second',
    query:
      'sum by (span_name) (rate(traces_spanmetrics_calls_total{$$__tags, status_code="STATUS_CODE_ERROR"}[$$__rate_interval]))',
  },
  {
    name: '95th percentile of duration',
    query:
      'histogram_quantile(0.95, sum by (le, span_name) (rate(traces_spanmetrics_latency_bucket{$$__tags}[$$__rate_interval])))',
  },
];

function traceLink<Field extends object>(field: Field) {
  return { ...field, url: '$${__value.raw}', urlDisplayLabel: 'Open trace' };
}
