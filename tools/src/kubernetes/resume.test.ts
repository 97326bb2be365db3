import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { kubeconfig } from '../testing/api-server.ts';
import { startToyCluster } from '../testing/toy-cluster.ts';
import { client } from './client.ts';
import { resume } from './resume.ts';

const application = (name: string, phase: string): ClusterObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { namespace: 'argocd', name },
  spec: { syncPolicy: { automated: { prune: true }, syncOptions: ['PruneLast=true'] } },
  status: { operationState: { phase }, sync: { status: 'OutOfSync' } },
});

test('only what was given up is told to sync, and once', async () => {
  const expected = ['lab-loki', 'lab-mimir'].map((name) => ({ name, wave: 0, namespace: 'observability' }));
  const cluster = await startToyCluster({
    version: 'v1.37.2',
    objects: [application('lab-loki', 'Failed'), application('lab-mimir', 'Running')],
    sync: () => [],
  });
  try {
    const config = new KubeConfig();
    config.loadFromString(kubeconfig(cluster.url));
    const api = client(config);
    expect(await resume(api, expected)).toEqual(['lab-loki']);
    const operations = cluster.objects().flatMap((object) => ('operation' in object ? [object['operation']] : []));
    expect(operations).toEqual([
      { initiatedBy: { username: 'lgtm-fleet' }, sync: { prune: true, syncOptions: ['PruneLast=true'] } },
    ]);
    expect(await resume(api, expected)).toEqual([]);
  } finally {
    await cluster.close();
  }
});
