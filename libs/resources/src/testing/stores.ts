import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveGrpc, type Saying, type Standing } from './grpc.ts';

/** What reached a store. */
export interface Seen {
  readonly upstream: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Stands in for a store: says what reached it. */
export async function store(upstream: string, all: Seen[]): Promise<Standing> {
  const note = ({ method = '', url = '', headers }: IncomingMessage): Seen => {
    const seen = { upstream, method, url, headers };
    all.push(seen);
    return seen;
  };
  // As long as the gateway takes them.
  const server = createServer({ maxHeaderSize: 256 * 1024 }, (incoming, response) => {
    const seen = note(incoming);
    incoming.resume().on('end', () => response.end(JSON.stringify(seen)));
  });
  server.on('upgrade', (incoming, socket) => {
    note(incoming);
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Seen-Tenant: ${String(incoming.headers['x-scope-orgid'])}\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The same for what takes gRPC. */
export function grpcStore(upstream: string, all: Seen[], saying: Saying = () => ({ code: 0 })): Promise<Standing> {
  return serveGrpc((call) => {
    const { path, headers } = call;
    all.push({ upstream, method: headers[':method'] ?? '', url: path, headers });
    return saying(call);
  });
}
