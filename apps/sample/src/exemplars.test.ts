import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { keepExemplars, type MetricsRequest } from './exemplars.ts';

const within = (traceId: string, traceFlags: number = TraceFlags.SAMPLED) =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId: traceId.repeat(32), spanId: traceId.repeat(16), traceFlags });

async function exported(
  record: (offer: ReturnType<typeof keepExemplars>['offer'], value: (one: number) => void) => void,
) {
  const exemplars = keepExemplars([1, 2]);
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new MeterProvider({
    resource: resourceFromAttributes({}),
    readers: [new PeriodicExportingMetricReader({ exporter })],
  });
  const histogram = provider.getMeter('test').createHistogram('took');
  record(exemplars.offer, (value) => {
    histogram.record(value, { code: 200, route: '/a' });
  });
  await provider.forceFlush();
  const [metrics] = exporter.getMetrics();
  const points = () => {
    const request = JSON.parse(
      new TextDecoder().decode(exemplars.serializer.serializeRequest(metrics!)),
    ) as MetricsRequest;
    return request.resourceMetrics![0]!.scopeMetrics[0]!.metrics[0]!.histogram!.dataPoints;
  };
  const [first, second] = [points(), points()];
  await provider.shutdown();
  return { first, second };
}

test('the last measurement of each bucket is kept, whatever the order of the attributes, and is sent once', async () => {
  const { first, second } = await exported((offer, value) => {
    for (const [amount, id] of [
      [0.5, 'a'],
      [1, 'b'],
      [1.5, 'c'],
      [9, 'd'],
    ] as const) {
      value(amount);
      offer('took', amount, { route: '/a', code: 200 }, within(id));
    }
  });
  expect(first).toHaveLength(1);
  const kept = first[0]!.exemplars!.map(({ asDouble, traceId }) => [asDouble, traceId[0]]);
  expect(kept).toEqual([
    [1, 'b'],
    [1.5, 'c'],
    [9, 'd'],
  ]);
  expect(second[0]!.exemplars).toBeUndefined();
});

test('what was measured outside a sampled span, or belongs to another series, is no exemplar', async () => {
  const { first } = await exported((offer, value) => {
    value(1);
    offer('took', 1, { route: '/a', code: 200 }, ROOT_CONTEXT);
    offer('took', 1, { route: '/a', code: 200 }, within('a', TraceFlags.NONE));
    offer('took', 1, { route: '/b', code: 200 }, within('b'));
    offer('other', 1, { route: '/a', code: 200 }, within('c'));
  });
  expect(first[0]!.exemplars).toBeUndefined();
});
