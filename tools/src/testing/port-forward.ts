import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * The API server's side of a port-forward, as far as a client of one port needs it: a WebSocket on which each message
 * begins with its channel, 0 for what is sent and 1 for what went wrong.
 */
export function portForward(request: IncomingMessage, socket: Duplex, head: Buffer, port: number | undefined): void {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      'Sec-WebSocket-Protocol: v4.channel.k8s.io',
      '\r\n',
    ].join('\r\n'),
  );
  const say = (channel: number, bytes: Uint8Array): void => {
    if (socket.writable) socket.write(frame(BINARY, Buffer.concat([Buffer.from([channel]), bytes])));
  };
  const end = (): void => {
    if (socket.writable) socket.end(frame(CLOSE, Buffer.alloc(0)));
  };
  // Read to its end, or nobody would hear of it.
  socket.on('end', () => socket.destroy()).resume();
  // Each channel begins with the port.
  for (const channel of [0, 1]) say(channel, Buffer.from([0, 0]));
  if (port === undefined) {
    say(1, Buffer.from('the pod does not answer'));
    end();
    return;
  }
  const pod = connect(port, '127.0.0.1');
  pod.on('data', (bytes) => {
    say(0, bytes);
  });
  pod.on('close', end).on('error', (error) => {
    say(1, Buffer.from(error.message));
    end();
  });
  socket.on('close', () => pod.destroy()).on('error', () => pod.destroy());
  let unread = head;
  const read = (bytes: Buffer): void => {
    unread = Buffer.concat([unread, bytes]);
    for (let next = message(unread); next !== undefined; next = message(unread)) {
      unread = unread.subarray(next.length);
      if (next.code === CLOSE) pod.end();
      else if (next.payload[0] === 0) pod.write(next.payload.subarray(1));
    }
  };
  socket.on('data', read);
  read(Buffer.alloc(0));
}

const BINARY = 2;
const CLOSE = 8;

function frame(code: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | code;
  if (head.length === 2) head[1] = payload.length;
  else if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([head, payload]);
}

interface Message {
  readonly code: number;
  readonly payload: Buffer;
  /** Of the whole frame. */
  readonly length: number;
}

/** The first frame of a client, whose frames are masked; undefined where it is not all there. */
function message(bytes: Buffer): Message | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start + 4) return undefined;
  const size = start === 2 ? short : start === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const length = start + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(start, start + 4);
  const payload = Buffer.from(bytes.subarray(start + 4, length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return { code: bytes.readUInt8(0) & 0x0f, payload, length };
}
