import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a pod answers; undefined: as a healthy one would. */
export type PodAnswer = (pod: string, path: string, response: ServerResponse) => boolean;

export interface ToyPrograms {
  /** The port of this machine behind a pod. */
  readonly portOf: (pod: string) => number | undefined;
  /** `pod path` of each request, in order. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

/** Stands in for the programs of healthy pods, a port each: the pages of the stores, and queries through the gateway. */
export async function startToyPrograms(
  pods: readonly string[],
  jobs: readonly string[],
  instead: PodAnswer = () => false,
): Promise<ToyPrograms> {
  const asked: string[] = [];
  const servers = new Map<string, Server>();
  for (const pod of pods) {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      asked.push(`${pod} ${path}`);
      request.resume();
      if (!instead(pod, path, response)) answer({ pod, pods, jobs }, request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.set(pod, server);
  }
  return {
    asked,
    portOf: (pod) => (servers.get(pod)?.address() as AddressInfo | null | undefined)?.port,
    close: () => {
      for (const server of servers.values()) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

interface Stack {
  readonly pod: string;
  readonly pods: readonly string[];
  readonly jobs: readonly string[];
}

function answer({ pod, pods, jobs }: Stack, { url = '/' }: IncomingMessage, response: ServerResponse): void {
  const path = url.split('?')[0] ?? '';
  const json = (value: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const plain = (text: string): void => {
    response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
  };
  const owner = pod.replace(/-(?:\d+|[a-z0-9]+-[a-z0-9]{5})$/, '');
  if (path.endsWith('ready')) plain('ready\n');
  else if (path.endsWith('/services')) plain('server => Running\n');
  else if (path.endsWith('/ring'))
    json(ring(pods.filter((one) => one.startsWith(`${owner}-`) && /^\d+$/.test(one.slice(owner.length + 1)))));
  else if (path.endsWith('/memberlist')) json({ SortedMembers: [{ Name: pod }] });
  else if (path.endsWith('/buildinfo')) json({ version: '' });
  else if (path.endsWith('/metrics'))
    plain(`# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds ${String(Date.now() / 1000 - 60)}\n`);
  else if (url.includes('kubelet_volume_stats')) json({ data: { result: [] } });
  else if (path.endsWith('/api/v1/query'))
    json({ data: { result: jobs.map((job) => ({ metric: { job }, value: [0, '1'] })) } });
  else if (path.endsWith('/rules')) json({ data: { groups: [] } });
  else if (path === '/api/health') json({ database: 'ok' });
  else if (path.endsWith('/health')) json({ status: 'OK', message: 'it works' });
  else if (path === '/runtime_config' || path === '/config') response.writeHead(404).end();
  else json({});
}

function ring(members: readonly string[]): unknown {
  const now = new Date().toISOString();
  return {
    now,
    shards: members.map((id) => ({ id, state: 'ACTIVE', address: '10.0.0.1:9095', timestamp: now })),
  };
}
