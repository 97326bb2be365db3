import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Just enough of an API server for tests of what goes wrong on the way to one. */
export interface TestServer {
  readonly url: string;
  /** `METHOD path` of each request, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** @param answers by `METHOD path`, without a query; the last one of several is given again and again */
export async function serve(answers: Readonly<Record<string, readonly Answer[]>>): Promise<TestServer> {
  const asked: string[] = [];
  const given = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    const name = `${request.method ?? ''} ${request.url ?? ''}`;
    asked.push(name);
    const key = Object.keys(answers).find((one) => name.split('?')[0] === one);
    const list = key === undefined ? [] : (answers[key] ?? []);
    const turn = given.get(key ?? '') ?? 0;
    given.set(key ?? '', turn + 1);
    const answer = list[Math.min(turn, list.length - 1)] ?? status(404, 'NotFound', 'not found');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

export function json(value: unknown): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
}

export function text(body: string): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).end(body);
  };
}

export function status(code: number, reason: string, message: string): Answer {
  return (_, response) => {
    response
      .writeHead(code, { 'content-type': 'application/json' })
      .end(JSON.stringify({ kind: 'Status', status: 'Failure', code, reason, message }));
  };
}

/** Breaks the connection off in the middle. */
export const broken: Answer = (request) => {
  request.socket.destroy();
};

/** A kubeconfig with one context for it. */
export function kubeconfig(url: string, context = 'test'): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: 'not-a-secret' } }],
    contexts: [{ name: context, context: { cluster: 'test', user: 'test' } }],
    'current-context': context,
  });
}
