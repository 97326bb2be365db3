import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeyValue, MetricsRequest } from '../exemplars.ts';
import { hexAt, messagesAt, numberAt, textAt } from './wire.ts';

export interface SpanSeen {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly milliseconds: number;
  readonly failed: boolean;
}

export interface LogSeen {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly body: string;
}

export interface ExemplarSeen {
  readonly service: string;
  readonly metric: string;
  readonly route: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly value: number;
}

/** An OTLP receiver on the loopback that keeps what it gets. */
export interface Receiver {
  readonly url: string;
  readonly spans: SpanSeen[];
  readonly logs: LogSeen[];
  readonly exemplars: ExemplarSeen[];
  /** Headers of the last request of each path. */
  readonly headers: Map<string, Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const spans: SpanSeen[] = [];
  const logs: LogSeen[] = [];
  const exemplars: ExemplarSeen[] = [];
  const headers: Receiver['headers'] = new Map();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const path = request.url ?? '';
      headers.set(path, request.headers);
      if (path === '/v1/traces') spans.push(...spansIn(body));
      if (path === '/v1/logs') logs.push(...logsIn(body));
      if (path === '/v1/metrics') exemplars.push(...exemplarsIn(JSON.parse(body.toString()) as MetricsRequest));
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    logs,
    exemplars,
    headers,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

// Field numbers are those of opentelemetry/proto/{trace,logs}/v1.

function spansIn(request: Uint8Array): readonly SpanSeen[] {
  return messagesAt(request, 1).flatMap((resourceSpans) =>
    messagesAt(resourceSpans, 2, 2).map((span) => ({
      service: serviceOf(resourceSpans),
      traceId: hexAt(span, 1),
      spanId: hexAt(span, 2),
      parentSpanId: hexAt(span, 4),
      name: textAt(span, 5),
      milliseconds: Number((numberAt(span, 8) ?? 0n) - (numberAt(span, 7) ?? 0n)) / 1e6,
      failed: messagesAt(span, 15).some((status) => numberAt(status, 3) === 2n),
    })),
  );
}

function logsIn(request: Uint8Array): readonly LogSeen[] {
  return messagesAt(request, 1).flatMap((resourceLogs) =>
    messagesAt(resourceLogs, 2, 2).map((record) => ({
      service: serviceOf(resourceLogs),
      traceId: hexAt(record, 9),
      spanId: hexAt(record, 10),
      body: textAt(record, 5, 1),
    })),
  );
}

function serviceOf(message: Uint8Array): string {
  const attribute = messagesAt(message, 1, 1).find((one) => textAt(one, 1) === 'service.name');
  return attribute === undefined ? '' : textAt(attribute, 2, 1);
}

function exemplarsIn(request: MetricsRequest): readonly ExemplarSeen[] {
  return (request.resourceMetrics ?? []).flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .flatMap(({ name, histogram }) =>
        (histogram?.dataPoints ?? []).flatMap((point) =>
          (point.exemplars ?? []).map(({ traceId, spanId, asDouble }) => ({
            service: stringOf(resource?.attributes ?? [], 'service.name'),
            metric: name,
            route: stringOf(point.attributes, 'http.route'),
            traceId,
            spanId,
            value: asDouble,
          })),
        ),
      ),
  );
}

function stringOf(attributes: readonly KeyValue[], key: string): string {
  const value = attributes.find((one) => one.key === key)?.value['stringValue'];
  return typeof value === 'string' ? value : '';
}
