import {
  SeverityNumber,
  type SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporterBase } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { convertLegacyHttpOptions, createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import { MetricsExporterMetricsHelper } from '@opentelemetry/otlp-transformer';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { keepExemplars } from './exemplars.ts';

export type Level = 'info' | 'warn' | 'error';

/** The three signals of one process. Contexts are passed by hand: nothing is global, nothing is patched. */
export interface Telemetry {
  readonly tracer: Tracer;
  /** One line of JSON on stdout, and the same as an OTLP log record; both name the span of the context. */
  readonly log: (level: Level, message: string, attributes: Attributes, context: Context) => void;
  /** Seconds that a request took, with the span of the context as its exemplar. */
  readonly requestTook: (seconds: number, attributes: Attributes, context: Context) => void;
  /** Sends what is not sent yet, then stops. Never rejects, and takes five seconds at most. */
  readonly shutdown: () => Promise<void>;
}

const SCOPE = '@lgtm-fleet/sample';
const REQUEST_DURATION = 'http.server.request.duration';
/** Seconds; what the semantic conventions of OpenTelemetry advise for this metric. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** Milliseconds; short, so that an exported span is found soon after its request. */
const BATCH_DELAY = 1000;
/** Milliseconds, as the specification of OTEL_METRIC_EXPORT_INTERVAL has it. */
const DEFAULT_EXPORT_INTERVAL = 60_000;
const SHUTDOWN_TIMEOUT = 5000;

/**
 * Reads OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_METRIC_EXPORT_INTERVAL, and (in the exporters)
 * OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS.
 * @param role the name of the service where the environment gives none
 * @param write where log lines go, each with its line end
 */
export function startTelemetry(
  role: string,
  env: Readonly<Record<string, string | undefined>>,
  write: (line: string) => void,
): Telemetry {
  const detectors = [resourceAttributesEnvDetector, serviceNameEnvDetector, serviceInstanceIdDetector];
  const detected = defaultResource().merge(detectResources({ detectors }));
  const named = detected.attributes['service.name'];
  const service = typeof named === 'string' && !named.startsWith('unknown_service') ? named : role;
  const resource = detected.merge(detectResources({ detectors: [fixed({ 'service.name': service })] }));

  const exemplars = keepExemplars(BOUNDARIES);
  const traces = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: BATCH_DELAY })],
  });
  const logs = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(), scheduledDelayMillis: BATCH_DELAY })],
  });
  const interval = exportInterval(env['OTEL_METRIC_EXPORT_INTERVAL']);
  const metrics = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: metricExporter(exemplars.serializer),
        exportIntervalMillis: interval,
        exportTimeoutMillis: Math.min(30_000, interval),
      }),
    ],
  });
  const logger = logs.getLogger(SCOPE);
  const duration = metrics.getMeter(SCOPE).createHistogram(REQUEST_DURATION, {
    unit: 's',
    description: 'Duration of HTTP server requests.',
    advice: { explicitBucketBoundaries: BOUNDARIES },
  });

  return {
    tracer: traces.getTracer(SCOPE),
    log: (level, message, attributes, context) => {
      const span = trace.getSpanContext(context);
      const time = new Date();
      write(
        `${JSON.stringify({
          time: time.toISOString(),
          level,
          message,
          service,
          ...(span !== undefined && { trace_id: span.traceId, span_id: span.spanId }),
          ...attributes,
        })}\n`,
      );
      logger.emit({
        timestamp: time,
        severityNumber: SEVERITIES[level],
        severityText: level,
        body: message,
        attributes,
        context,
      });
    },
    requestTook: (seconds, attributes, context) => {
      duration.record(seconds, attributes, context);
      exemplars.offer(REQUEST_DURATION, seconds, attributes, context);
    },
    shutdown: async () => {
      const all = Promise.allSettled([traces.shutdown(), logs.shutdown(), metrics.shutdown()]);
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(resolve, SHUTDOWN_TIMEOUT, undefined);
      await Promise.race([all, late]);
      clearTimeout(timer);
    },
  };
}

const SEVERITIES: Readonly<Record<Level, SeverityNumber>> = {
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
};

/** The SDK's exporter in all but the serializer: the one that it has leaves exemplars out. */
function metricExporter(serializer: ReturnType<typeof keepExemplars>['serializer']): OTLPMetricExporterBase {
  // Deprecated without a successor: the SDK's own exporters of this version read their variables by it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const options = convertLegacyHttpOptions({}, 'METRICS', 'v1/metrics', { 'Content-Type': 'application/json' });
  return new OTLPMetricExporterBase(
    createOtlpHttpExportDelegate(
      options,
      serializer,
      'otlp_http_metric_exporter',
      MetricsExporterMetricsHelper,
      undefined,
    ),
  );
}

function fixed(attributes: Readonly<Record<string, string>>) {
  return { detect: () => ({ attributes }) };
}

function exportInterval(said: string | undefined): number {
  const milliseconds = Number(said);
  return Number.isFinite(milliseconds) && milliseconds >= 1 ? milliseconds : DEFAULT_EXPORT_INTERVAL;
}

/** Runs `work` within a new span; an error that it throws marks the span and is thrown on. */
export async function inSpan<Result>(
  telemetry: Telemetry,
  name: string,
  options: { readonly kind: SpanKind; readonly attributes: Attributes },
  parent: Context,
  work: (context: Context, span: Span) => Promise<Result>,
): Promise<Result> {
  const span = telemetry.tracer.startSpan(name, options, parent);
  try {
    return await work(trace.setSpan(parent, span), span);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
    throw error;
  } finally {
    span.end();
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
