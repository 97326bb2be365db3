import {
  dataSourceUid,
  type CredentialPlan,
  type DataSourceSignal,
  type OrganisationPlan,
  type Plan,
} from '@lgtm-fleet/plan';
import type { DataSource, DataSourcesFile } from './data-source-model.ts';
import { fqdn } from '../addresses.ts';
import { isEncrypted, schemeOf, TLS_FILES } from '../tls.ts';
import { organisationId } from './organisations.ts';
import { profiles, tracesToProfiles } from './profiles.ts';
import { signInBy } from './sign-in.ts';

/**
 * One set of data sources for each tenant and for each reader of several, each signal linked to the others of
 * the same set. All of them are in the main organisation, and each again in that of its own people.
 */
export function dataSources(plan: Plan): DataSourcesFile {
  const organisations = plan.grafana?.organisations ?? [];
  return {
    apiVersion: 1,
    datasources: [
      ...organisations.flatMap((organisation) => [
        ...organisation.credentials.flatMap((name, index) => {
          const credential = plan.credentials.find((one) => one.name === name);
          if (credential === undefined) throw new Error(`cluster '${plan.cluster}': nobody signs in as '${name}'`);
          return dataSourcesOf(plan, organisation, credential, index === 0);
        }),
        ...profiles(plan, organisation),
      ]),
      ...watcher(plan),
    ],
  };
}

function dataSourcesOf(
  plan: Plan,
  organisation: OrganisationPlan,
  credential: CredentialPlan,
  first: boolean,
): readonly DataSource[] {
  const { name: user, writes } = credential;
  const { url: gateway, secureJsonData, jsonData: signIn, ...basicAuth } = signInBy(plan, credential);
  const common = (signal: DataSourceSignal, title: string, path: string) =>
    ({
      ...(organisation.name !== undefined && { orgId: organisationId(organisation.name) }),
      name: `${title} (${user})`,
      uid: dataSourceUid(signal, user),
      access: 'proxy',
      url: gateway + path,
      isDefault: first && signal === 'metrics',
      ...basicAuth,
      secureJsonData,
      editable: false,
    }) as const;
  const to = (signal: DataSourceSignal) => dataSourceUid(signal, user);
  // Rules and alert routes are one tenant's: who reads several has none, and who only reads changes none.
  const manageAlerts = writes !== undefined;
  const alerts = plan.mimir !== undefined && manageAlerts;
  const alertmanager = alerts ? { alertmanagerUid: to('alerts') } : {};
  return [
    {
      ...common('metrics', 'Metrics', '/prometheus'),
      type: 'prometheus',
      jsonData: {
        ...signIn,
        httpMethod: 'POST',
        ...(plan.mimir === undefined
          ? { prometheusType: 'Prometheus', prometheusVersion: '2.50.1' }
          : { prometheusType: 'Mimir', prometheusVersion: '2.9.1' }),
        timeInterval: `${String(plan.collection.scrapeIntervalSeconds)}s`,
        manageAlerts,
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
        ...signIn,
        manageAlerts,
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
        ...signIn,
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
        ...(profiles(plan, organisation).length > 0 && { tracesToProfiles: tracesToProfiles() }),
        serviceMap: { datasourceUid: to('metrics') },
        nodeGraph: { enabled: true },
        traceQuery: { timeShiftEnabled: true, spanStartTimeShift: '-30m', spanEndTimeShift: '30m' },
        streamingEnabled: { search: false, metrics: false },
      },
    },
    ...(!alerts
      ? []
      : [
          {
            ...common('alerts', 'Alertmanager', ''),
            type: 'alertmanager',
            jsonData: { ...signIn, implementation: 'mimir', handleGrafanaManagedAlerts: false },
          } satisfies DataSource,
        ]),
  ];
}

/** The Prometheus that watches the stores, for administrators: it answers when the stores do not. */
function watcher(plan: Plan): readonly DataSource[] {
  if (!plan.components.some(({ name }) => name === WATCHER)) return [];
  const checked = isEncrypted(plan, WATCHER);
  return [
    {
      name: 'Metrics (meta-monitoring)',
      uid: dataSourceUid('metrics', WATCHER),
      type: 'prometheus',
      access: 'proxy',
      url: `${schemeOf(plan, WATCHER)}://${fqdn(plan, WATCHER, 'monitoring')}:9090/prometheus`,
      isDefault: false,
      editable: false,
      jsonData: {
        ...(checked && { tlsAuthWithCACert: true }),
        httpMethod: 'POST',
        prometheusType: 'Prometheus',
        prometheusVersion: '2.50.1',
        timeInterval: `${String(plan.collection.scrapeIntervalSeconds)}s`,
        manageAlerts: true,
        exemplarTraceIdDestinations: [],
      },
      secureJsonData: { ...(checked && { tlsCACert: `$__file{${TLS_FILES.ca}}` }) },
    },
  ];
}

const WATCHER = 'meta-monitoring';

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
    ...(datasources.some(({ type }) => type === 'grafana-pyroscope-datasource') && {
      [`datasources/${index('tempo')}/jsonData/tracesToProfiles`]: 'Trace → profile of its service',
      [`datasources/${index('grafana-pyroscope-datasource')}/url`]: 'spec.grafana.profiles',
    }),
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
