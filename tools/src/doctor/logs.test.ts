import { KubeConfig } from '@kubernetes/client-node';
import { expect, onTestFinished, test } from 'vitest';
import { client } from '../kubernetes/client.ts';
import { kubeconfig, serve, text } from '../testing/api-server.ts';
import { readLogs } from './logs.ts';
import { probing } from './probing.ts';

test('of a container that crashed the last words are kept, however long the lines before them are', async () => {
  const long = `level=info msg="${'x'.repeat(5000)}"\n`;
  const server = await serve({
    'GET /api/v1/namespaces/observability/pods/loki-0/log': [text(`${long.repeat(499)}panic: the disk is full\n`)],
  });
  onTestFinished(server.close);
  const config = new KubeConfig();
  config.loadFromString(kubeconfig(server.url));
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'loki-0', namespace: 'observability' },
    status: { containerStatuses: [{ name: 'loki', state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
  };
  const probes = probing();
  const [log] = await readLogs(client(config), [pod], probes);
  expect(probes.unknown).toEqual([]);
  expect(log?.lines).toHaveLength(40);
  expect(log?.lines.at(-1)).toBe('panic: the disk is full');
  // A limit of the kubelet's own would cut off the end.
  expect(server.asked).toEqual([
    'GET /api/v1/namespaces/observability/pods/loki-0/log?container=loki&previous=true&tailLines=500',
  ]);
});
