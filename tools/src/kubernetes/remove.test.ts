import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, expect, test } from 'vitest';
import { json, kubeconfig, serve, type TestServer } from '../testing/api-server.ts';
import { client } from './client.ts';
import { release } from './remove.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
});

test('what is released keeps everything but the annotation of Argo CD', async () => {
  const bodies: unknown[] = [];
  server = await serve({
    'GET /api/v1': [json({ resources: [{ name: 'services', kind: 'Service', namespaced: true }] })],
    'PATCH /api/v1/namespaces/argocd/services/there': [
      (request, response) => {
        request.on('data', (part: Buffer) => {
          bodies.push(request.headers['content-type'], JSON.parse(part.toString('utf8')));
          json({})(request, response);
        });
      },
    ],
  });
  const config = new KubeConfig();
  config.loadFromString(kubeconfig(server.url));
  const named = (kind: string, name: string) => ({ apiVersion: 'v1', kind, metadata: { namespace: 'argocd', name } });
  const connected = client(config, { timeoutMs: 5000, pausesMs: [] });
  await release(connected, named('Service', 'there'));
  expect(bodies).toEqual([
    'application/merge-patch+json',
    { metadata: { annotations: { 'argocd.argoproj.io/tracking-id': null } } },
  ]);
  // Neither is an error: what is gone needs no release.
  await release(connected, named('Service', 'gone'));
  await release(connected, named('Unknown', 'any'));
});
