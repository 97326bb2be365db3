import { changedTo, impossible, type Verdict } from '../../../core/verdicts.ts';

const GATEWAY = 'alloy-gateway';
const BY_HAND = 'else by hand, in a patch of the configuration of `alloy-gateway`';
const TRANSFORMS = impossible(
  `attributes are as they are sent, with those of the pod: let applications say them (\`OTEL_RESOURCE_ATTRIBUTES\`); ${BY_HAND}`,
);
const ELSEWHERE = impossible(
  'the stack keeps what it collects, and sends it nowhere else. Where another place needs it too, let a collector of yours take it first, and export it twice',
);
const OTHER_PROTOCOL = impossible(
  'the gateway takes OTLP alone: let applications send that, or run a collector of yours that takes the other protocol and sends OTLP to `alloy-gateway`',
);
const LINES = impossible(
  'lines come from pods, from groups of `ingest.hosts`, and from `ingest.senders`: let who writes them push there, or a collector of yours that sends OTLP to `alloy-gateway`',
);
const SIGN_IN = changedTo(
  'Secret tenant-credentials',
  'the collectors sign in with what their tenant has: none of before is needed',
);
const SPANS = changedTo(
  'Tempo',
  'its metrics-generator makes metrics and the service graph of spans: `traces_spanmetrics_…`, `traces_service_graph_…`',
);

/** What becomes of components of OpenTelemetry as a whole. */
export const VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['otelcol.receiver.prometheus', changedTo('nothing', 'series go to the store of metrics as they are')],
  ['otelcol.receiver.loki', changedTo('nothing', 'lines go to Loki as they are')],
  ['otelcol.exporter.prometheus', changedTo(GATEWAY, 'metrics go to the store as OTLP, which makes series of them')],
  [
    'otelcol.exporter.loki',
    changedTo(GATEWAY, 'lines go to Loki as OTLP, which makes labels and structured metadata of attributes'),
  ],
  ['otelcol.exporter.debug', changedTo('nothing', 'it only shows what comes')],
  [
    'otelcol.exporter.loadbalancing',
    changedTo(GATEWAY, 'spans of a trace meet in one pod where `traces.sampling.tail` is said'),
  ],
  ['otelcol.processor.batch', changedTo(GATEWAY, 'it batches by itself')],
  [
    'otelcol.processor.memory_limiter',
    changedTo(GATEWAY, 'it refuses what its memory has no room for, and senders try again'),
  ],
  ['otelcol.connector.spanmetrics', SPANS],
  ['otelcol.connector.servicegraph', SPANS],
  [
    'otelcol.connector.spanlogs',
    impossible('no lines are made of spans: Grafana leads from a trace to the lines of its service'),
  ],
  ['otelcol.connector.host_info', impossible('hosts are not counted')],
  [
    'otelcol.storage.file',
    changedTo(GATEWAY, 'queues are in memory: when they are full, senders are told to try again'),
  ],
  ['otelcol.extension.jaeger_remote_sampling', impossible('nobody is told how to sample: say `traces.sampling.head`')],
  ...['count', 'signaltometrics'].map(
    (name) =>
      [
        `otelcol.connector.${name}`,
        impossible(`no other metrics are made of what comes: Tempo makes those of spans; ${BY_HAND}`),
      ] as const,
  ),
  ...['attributes', 'span', 'transform', 'groupbyattrs', 'discovery', 'resourcedetection'].map(
    (name) => [`otelcol.processor.${name}`, TRANSFORMS] as const,
  ),
  ['otelcol.processor.filter', impossible(`everything that is sent is kept: let applications send less; ${BY_HAND}`)],
  ...['cumulativetodelta', 'deltatocumulative', 'interval', 'metric_start_time'].map(
    (name) =>
      [
        `otelcol.processor.${name}`,
        impossible(`metrics are stored as they are sent: let applications send cumulative ones; ${BY_HAND}`),
      ] as const,
  ),
  ...['basic', 'bearer', 'google', 'headers', 'oauth2', 'sigv4'].map(
    (name) => [`otelcol.auth.${name}`, SIGN_IN] as const,
  ),
  ...['awss3', 'datadog', 'faro', 'file', 'googlecloud', 'googlecloudpubsub', 'kafka', 'splunkhec', 'syslog'].map(
    (name) => [`otelcol.exporter.${name}`, ELSEWHERE] as const,
  ),
  ...['datadog', 'faro', 'influxdb', 'jaeger', 'kafka', 'splunkhec', 'zipkin'].map(
    (name) => [`otelcol.receiver.${name}`, OTHER_PROTOCOL] as const,
  ),
  ...[
    'awscloudwatch',
    'awss3',
    'cloudflare',
    'filelog',
    'fluentforward',
    'googlecloudpubsub',
    'solace',
    'syslog',
    'tcplog',
  ].map((name) => [`otelcol.receiver.${name}`, LINES] as const),
  ...['awsecscontainermetrics', 'file_stats', 'nginx', 'vcenter'].map(
    (name) =>
      [
        `otelcol.receiver.${name}`,
        impossible('no kind of source asks this: run an exporter of its own, and name it in a source of kind `static`'),
      ] as const,
  ),
]);
