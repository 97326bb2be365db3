/** What the doctor sends when it is asked to: one of each signal, with one trace id in all three. */

/** Name of the service that it says it is; the same at each run, so that no series is added by another run. */
export const SERVICE = 'lgtm-fleet-doctor';
export const RUN_METRIC = 'lgtm_fleet_doctor_canary_run';
export const DURATION_METRIC = 'lgtm_fleet_doctor_canary_seconds';

export interface Run {
  readonly traceId: string;
  readonly spanId: string;
  readonly atMs: number;
}

const resource = { attributes: [{ key: 'service.name', value: { stringValue: SERVICE } }] };

/** A gauge whose value is the run, and a histogram with an exemplar. */
export function metricsPayload({ traceId, spanId, atMs }: Run): string {
  const time = nanoseconds(atMs);
  return JSON.stringify({
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [
          {
            metrics: [
              { name: RUN_METRIC, gauge: { dataPoints: [{ timeUnixNano: time, asDouble: Math.floor(atMs / 1000) }] } },
              {
                name: DURATION_METRIC,
                histogram: {
                  aggregationTemporality: 2,
                  dataPoints: [
                    {
                      startTimeUnixNano: nanoseconds(atMs - 1000),
                      timeUnixNano: time,
                      count: '1',
                      sum: 0.5,
                      bucketCounts: ['0', '1', '0'],
                      explicitBounds: [0.1, 1],
                      exemplars: [{ timeUnixNano: time, asDouble: 0.5, traceId, spanId }],
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  });
}

/** A line with the trace id as structured metadata, as collected lines have it. */
export function logsPayload({ traceId, atMs }: Run): string {
  return JSON.stringify({
    streams: [
      {
        stream: { service_name: SERVICE, job: SERVICE },
        values: [[nanoseconds(atMs), `canary ${traceId}`, { trace_id: traceId }]],
      },
    ],
  });
}

export function tracesPayload({ traceId, spanId, atMs }: Run): string {
  const span = {
    traceId,
    spanId,
    name: 'canary',
    kind: 2,
    startTimeUnixNano: nanoseconds(atMs - 500),
    endTimeUnixNano: nanoseconds(atMs),
  };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
}

export function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n);
}
