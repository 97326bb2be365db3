import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What stands in for the gateway: passwords by user, and the store that answers a path. */
export interface Door {
  readonly passwords: Readonly<Record<string, string>>;
  readonly storeOf: (path: string) => string;
}

/** Signs in by basic auth and sets the tenant, websockets included, for as long as the test runs; returns its address. */
export async function openDoor({ passwords, storeOf }: Door): Promise<string> {
  const userOf = ({ headers }: IncomingMessage): string | undefined => {
    const [user = '', password] = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':');
    return passwords[user] !== undefined && passwords[user] === password ? user : undefined;
  };
  const server = createServer((asked, answer) => {
    const user = userOf(asked);
    if (user === undefined) {
      answer.writeHead(401).end();
      return;
    }
    const headers = { ...asked.headers, 'x-scope-orgid': user, authorization: '' };
    const passed = request(
      storeOf(asked.url ?? '') + (asked.url ?? ''),
      { method: asked.method ?? 'GET', headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    passed.on('error', () => answer.writeHead(502).end());
    asked.pipe(passed);
  });
  server.on('upgrade', (asked: IncomingMessage, socket, head: Buffer) => {
    const user = userOf(asked);
    if (user === undefined) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(storeOf(asked.url ?? ''));
    const store = connect(Number(port), hostname, () => {
      const headers = Object.entries({ ...asked.headers, 'x-scope-orgid': user }).map(
        ([name, value]) => `${name}: ${String(value)}`,
      );
      store.write([`GET ${asked.url ?? ''} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
      store.write(head);
      store.pipe(socket).pipe(store);
    });
    for (const side of [store, socket])
      side.on('error', () => {
        store.destroy();
        socket.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
