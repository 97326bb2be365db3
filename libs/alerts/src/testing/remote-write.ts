/** Remote write, as any Prometheus does it: protobuf in a Snappy block that compresses nothing. */

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Pairs of milliseconds and value, oldest first. */
  readonly samples: readonly (readonly [number, number])[];
}

/** A `WriteRequest` of Prometheus' remote write 1.0. */
export function writeRequest(series: readonly Series[]): Buffer<ArrayBuffer> {
  return block(Buffer.concat(series.map((one) => nested(1, timeSeries(one)))));
}

function timeSeries({ labels, samples }: Series): Buffer {
  const sorted = Object.entries(labels).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.concat([
    ...sorted.map(([name, value]) => nested(1, Buffer.concat([text(1, name), text(2, value)]))),
    ...samples.map(([at, value]) => nested(2, Buffer.concat([double(1, value), integer(2, at)]))),
  ]);
}

/** Numbers of protobuf's wire types. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

function tag(field: number, type: number): Buffer {
  return varint((field << 3) | type);
}

function nested(field: number, content: Buffer): Buffer {
  return Buffer.concat([tag(field, LENGTH), varint(content.length), content]);
}

function text(field: number, content: string): Buffer {
  return nested(field, Buffer.from(content));
}

function double(field: number, value: number): Buffer {
  const eight = Buffer.alloc(8);
  eight.writeDoubleLE(value);
  return Buffer.concat([tag(field, FIXED64), eight]);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([tag(field, VARINT), varint(value)]);
}

/** Snappy's block format with literals alone; the length of one of up to 60 bytes is in its first byte. */
function block(content: Buffer): Buffer<ArrayBuffer> {
  const literals: Buffer[] = [];
  for (let at = 0; at < content.length; at += 60) {
    const part = content.subarray(at, at + 60);
    literals.push(Buffer.from([(part.length - 1) << 2]), part);
  }
  return Buffer.concat([varint(content.length), ...literals]);
}
