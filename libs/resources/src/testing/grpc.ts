import { once } from 'node:events';
import {
  connect,
  createSecureServer,
  createServer,
  type ClientHttp2Session,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
  type OutgoingHttpHeaders,
  type SecureClientSessionOptions,
  type SecureServerOptions,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

/** Enough of gRPC for one message there and one back, on what Node has for HTTP/2. */

export interface GrpcCall {
  /** `http://127.0.0.1:4317`; with `https` come `tls`. */
  readonly url: string;
  /** `/package.Service/Method` */
  readonly path: string;
  readonly metadata?: OutgoingHttpHeaders;
  readonly message?: Buffer;
  readonly tls?: SecureClientSessionOptions;
  readonly method?: string;
}

export interface GrpcAnswer {
  /** What HTTP says; 200 for all that is gRPC. */
  readonly status: number;
  readonly type: string;
  /** `grpc-status`, at the end or instead of an answer; undefined where it is not gRPC. */
  readonly code: number | undefined;
  readonly message: string;
  /** What came back, without its frame. */
  readonly body: Buffer;
}

const FRAME = 5;
const TIMEOUT_MS = 15_000;

function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(FRAME);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** One call on a connection of its own. */
export async function callGrpc(call: GrpcCall): Promise<GrpcAnswer> {
  const session = connect(call.url, call.tls);
  try {
    return await answerOf(session, call);
  } finally {
    session.destroy();
  }
}

function answerOf(
  session: ClientHttp2Session,
  { path, metadata = {}, message = Buffer.alloc(0), method = 'POST' }: GrpcCall,
): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    session.on('error', reject);
    const stream = session.request({
      ':method': method,
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...metadata,
    });
    const parts: Buffer[] = [];
    let head: IncomingHttpHeaders & IncomingHttpStatusHeader = {};
    let trailers: IncomingHttpHeaders = {};
    stream.on('response', (headers) => {
      head = headers;
    });
    stream.on('trailers', (headers: IncomingHttpHeaders) => {
      trailers = headers;
    });
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.setTimeout(TIMEOUT_MS, () => stream.destroy(new Error(`${path} took more than ${String(TIMEOUT_MS)} ms`)));
    // Refused before all was sent, it is reset after its answer.
    stream.on('error', (error: Error) => {
      if (head[':status'] === undefined) reject(error);
    });
    stream.on('close', () => {
      if (head[':status'] === undefined) {
        reject(new Error(`${path} was not answered`));
        return;
      }
      const said = trailers['grpc-status'] ?? head['grpc-status'];
      resolve({
        status: head[':status'],
        type: head['content-type'] ?? '',
        code: said === undefined ? undefined : Number(said),
        message: decodeURIComponent(String(trailers['grpc-message'] ?? head['grpc-message'] ?? '')),
        body: Buffer.concat(parts).subarray(FRAME),
      });
    });
    stream.end(framed(message));
  });
}

/** A call that reached a server. */
export interface GrpcSeen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly message: Buffer;
}

/** What a server says: a code, and a message instead of an answer where it is not 0. */
export type Saying = (seen: GrpcSeen) => { readonly code: number; readonly message?: string };

/** Something that listens on loopback. */
export interface Standing {
  readonly port: number;
  readonly close: () => void;
}

/** Answers every method with an empty message, or as it is told; in the clear without a certificate. */
export async function serveGrpc(saying: Saying, tls?: SecureServerOptions): Promise<Standing> {
  const server = tls === undefined ? createServer() : createSecureServer(tls);
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    // nginx goes away from what is larger than it may be.
    stream.on('error', () => undefined);
    stream.on('end', () => {
      if (stream.aborted || stream.destroyed) return;
      const message = Buffer.concat(parts).subarray(FRAME);
      const { code, message: text = '' } = saying({ path: headers[':path'] ?? '', headers, message });
      const end = { 'grpc-status': String(code), ...(text !== '' && { 'grpc-message': encodeURIComponent(text) }) };
      const start = { ':status': 200, 'content-type': 'application/grpc' };
      // As servers do: without an answer the code comes at once.
      if (code !== 0) {
        stream.respond({ ...start, ...end }, { endStream: true });
        return;
      }
      stream.respond(start, { waitForTrailers: true });
      stream.on('wantTrailers', () => {
        stream.sendTrailers(end);
      });
      stream.end(framed(Buffer.alloc(0)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const session of sessions) session.destroy();
    },
  };
}
