/** Requests of OTLP as protobuf, by the numbers of opentelemetry-proto 1.x: just what a test looks for afterwards. */

export interface Pushed {
  /** `service.name` of the resource. */
  readonly service: string;
  readonly atMs: number;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

function tag(field: number, type: number): Buffer {
  return varint(field * 8 + type);
}

function bytes(field: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const value = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([tag(field, BYTES), varint(value.length), value]);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([tag(field, VARINT), varint(value)]);
}

function time(field: number, atMs: number): Buffer {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE(BigInt(atMs) * 1_000_000n);
  return Buffer.concat([tag(field, FIXED64), value]);
}

function double(field: number, wanted: number): Buffer {
  const value = Buffer.alloc(8);
  value.writeDoubleLE(wanted);
  return Buffer.concat([tag(field, FIXED64), value]);
}

function text(field: number, value: string): Buffer {
  return bytes(field, bytes(1, value));
}

function attribute(field: number, key: string, value: string): Buffer {
  return bytes(field, bytes(1, key), text(2, value));
}

/** All three begin alike: what is of a resource, the resource, and what is of a scope. */
function request(service: string, ...items: readonly Buffer[]): Buffer {
  const resource = bytes(1, attribute(1, 'service.name', service));
  return bytes(1, resource, bytes(2, ...items));
}

/** One span, of a second until then. */
export function traceRequest(
  { service, atMs }: Pushed,
  span: { readonly traceId: string; readonly name: string },
): Buffer {
  const id = Buffer.from(span.traceId, 'hex');
  return request(
    service,
    bytes(
      2,
      bytes(1, id),
      bytes(2, id.subarray(0, 8)),
      bytes(5, span.name),
      number(6, 2),
      time(7, atMs - 1000),
      time(8, atMs),
    ),
  );
}

/** A gauge with one value. */
export function metricsRequest(
  { service, atMs }: Pushed,
  gauge: { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number },
): Buffer {
  const labels = Object.entries(gauge.labels).map(([key, value]) => attribute(7, key, value));
  const point = bytes(1, ...labels, time(3, atMs), double(4, gauge.value));
  return request(service, bytes(2, bytes(1, gauge.name), bytes(5, point)));
}

/** Lines, in one batch. */
export function logsRequest({ service, atMs }: Pushed, lines: readonly string[]): Buffer {
  return request(service, ...lines.map((line) => bytes(2, time(1, atMs), text(5, line))));
}
