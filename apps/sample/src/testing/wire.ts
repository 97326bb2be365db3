/** Just enough of protobuf to look into OTLP requests: fields by their number, in the order in which they came. */
export interface Field {
  readonly number: number;
  /** A number for varint and fixed types (bits of a 64-bit one as bigint), bytes for everything with a length. */
  readonly value: bigint | Uint8Array;
}

export function fieldsOf(message: Uint8Array): readonly Field[] {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = Number(varint());
    const number = tag >>> 3;
    switch (tag & 7) {
      case 0:
        fields.push({ number, value: varint() });
        break;
      case 1:
        fields.push({ number, value: view.getBigUint64(at, true) });
        at += 8;
        break;
      case 2: {
        const length = Number(varint());
        fields.push({ number, value: message.subarray(at, at + length) });
        at += length;
        break;
      }
      case 5:
        fields.push({ number, value: BigInt(view.getUint32(at, true)) });
        at += 4;
        break;
      default:
        throw new Error(`wire type ${tag & 7}`);
    }
  }
  return fields;
}

/** Messages at a path of field numbers, each of which may be repeated. */
export function messagesAt(message: Uint8Array, ...path: readonly number[]): readonly Uint8Array[] {
  const [number, ...rest] = path;
  if (number === undefined) return [message];
  return fieldsOf(message).flatMap((field) =>
    field.number === number && typeof field.value !== 'bigint' ? messagesAt(field.value, ...rest) : [],
  );
}

export function textAt(message: Uint8Array, ...path: readonly number[]): string {
  return new TextDecoder().decode(messagesAt(message, ...path)[0]);
}

export function hexAt(message: Uint8Array, ...path: readonly number[]): string {
  return Buffer.from(messagesAt(message, ...path)[0] ?? []).toString('hex');
}

export function numberAt(message: Uint8Array, number: number): bigint | undefined {
  const value = fieldsOf(message).find((field) => field.number === number)?.value;
  return typeof value === 'bigint' ? value : undefined;
}
