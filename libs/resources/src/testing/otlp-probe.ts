const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

/** As the collectors set them, and the label that each becomes. */
const ATTRIBUTES = [
  ['cluster', 'cluster', 'home'],
  ['namespace', 'namespace', 'shop'],
  ['pod', 'pod', 'cart-0'],
  ['container', 'container', 'cart'],
  ['service.name', 'service_name', 'cart'],
] as const;

/** What finds the pushed counter, and the trace id in its exemplar. */
export const probe = {
  query: `probe_seconds_total{${ATTRIBUTES.map(([, label, value]) => `${label}="${value}"`).join(',')}}`,
  value: '"42"',
  exemplar: `"trace_id":"${TRACE_ID}"`,
} as const;

/** Pushes the counter `probe`, in seconds, as an application behind the collectors does. */
export function pushProbe(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: probeBody(),
  });
}

/** What is pushed, as JSON. */
export function probeBody(): string {
  const nanoseconds = `${String(Date.now())}000000`;
  const exemplar = { asDouble: 1, timeUnixNano: nanoseconds, traceId: TRACE_ID, spanId: 'b7ad6b7169203331' };
  const point = { asDouble: 42, timeUnixNano: nanoseconds, startTimeUnixNano: nanoseconds, exemplars: [exemplar] };
  const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints: [point] };
  const resource = { attributes: ATTRIBUTES.map(([key, , value]) => ({ key, value: { stringValue: value } })) };
  const metrics = [{ name: 'probe', unit: 's', sum }];
  return JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] });
}
