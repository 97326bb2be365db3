import { isSpanContextValid, trace, TraceFlags, type Attributes, type Context } from '@opentelemetry/api';
import { JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';

/**
 * Exemplars for histograms. The OpenTelemetry SDK for JavaScript keeps none and its exporters write none (3.1.0 of
 * the SDK), so they are kept here, beside the histogram, and put into the request just before it is sent.
 */
export interface Exemplars {
  /** Remembers a measurement that was made within a sampled span: the last one of each bucket. */
  readonly offer: (metric: string, value: number, attributes: Attributes, context: Context) => void;
  /** The SDK's own OTLP/JSON request, with what was remembered since the last one. */
  readonly serializer: typeof JsonMetricsSerializer;
}

/** An exemplar as OTLP/JSON writes it. */
interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly timeUnixNano: string;
  readonly asDouble: number;
}

/** The part of an OTLP/JSON request that leads to the points of a histogram. */
export interface MetricsRequest {
  readonly resourceMetrics?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly histogram?: { readonly dataPoints: readonly HistogramPoint[] };
      }[];
    }[];
  }[];
}

export interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface HistogramPoint {
  readonly attributes: readonly KeyValue[];
  readonly count: number | string;
  exemplars?: readonly Exemplar[];
}

/** @param boundaries upper bounds of the histogram's buckets, ascending, in its own unit */
export function keepExemplars(boundaries: readonly number[]): Exemplars {
  /** By series, then by bucket. */
  const kept = new Map<string, Map<number, Exemplar>>();
  return {
    offer: (metric, value, attributes, context) => {
      const span = trace.getSpanContext(context);
      if (span === undefined || !isSpanContextValid(span) || (span.traceFlags & TraceFlags.SAMPLED) === 0) return;
      const series = seriesOf(metric, Object.entries(attributes));
      const found = boundaries.findIndex((boundary) => value <= boundary);
      const bucket = found === -1 ? boundaries.length : found;
      const exemplar = {
        traceId: span.traceId,
        spanId: span.spanId,
        timeUnixNano: `${String(Date.now())}000000`,
        asDouble: value,
      };
      kept.set(series, (kept.get(series) ?? new Map<number, Exemplar>()).set(bucket, exemplar));
    },
    serializer: {
      ...JsonMetricsSerializer,
      serializeRequest: (metrics) => {
        const bytes = JsonMetricsSerializer.serializeRequest(metrics);
        if (bytes === undefined) return undefined;
        const request = JSON.parse(new TextDecoder().decode(bytes)) as MetricsRequest;
        attach(request, kept);
        kept.clear();
        return new TextEncoder().encode(JSON.stringify(request));
      },
    },
  };
}

function attach(request: MetricsRequest, kept: ReadonlyMap<string, ReadonlyMap<number, Exemplar>>): void {
  const metrics = (request.resourceMetrics ?? []).flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  for (const { name, histogram } of metrics)
    for (const point of histogram?.dataPoints ?? []) {
      const attributes = point.attributes.map(({ key, value }) => [key, Object.values(value)[0]] as const);
      const exemplars = kept.get(seriesOf(name, attributes));
      if (exemplars !== undefined) point.exemplars = [...exemplars.values()];
    }
}

function seriesOf(metric: string, attributes: readonly (readonly [string, unknown])[]): string {
  return JSON.stringify([metric, ...attributes.map(([key, value]) => `${key}=${String(value)}`).toSorted()]);
}
