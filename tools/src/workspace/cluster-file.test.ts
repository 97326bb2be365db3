import { parse } from '@lgtm-fleet/spec';
import { expect, test } from 'vitest';
import { clusterFile, storageKinds } from './cluster-file.ts';

test.each(storageKinds)('answers for %s make a cluster with that storage, and no more than was answered', (storage) => {
  const answers = { name: 'attic', nodes: 3, zones: [], storage };
  const of = { region: 'eu-west-1', bucketPrefix: 'acme-attic', storageAccount: 'acme' };
  const text = clusterFile({ ...answers, ...of });
  const parsed = parse({ path: 'clusters/attic/cluster.yaml', text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  const chosen = Object.entries(parsed.value.cluster.spec.objectStorage ?? {}).filter(([, value]) => value);
  expect(chosen.map(([kind]) => kind)).toEqual([storage]);
  expect(text).not.toContain('undefined');
  expect(text).not.toContain('auth');
});

test('an edge has no storage, whatever was answered', () => {
  for (const storage of storageKinds)
    expect(clusterFile({ name: 'shop', nodes: 3, zones: [], storage, hub: 'attic' })).not.toContain('objectStorage');
});
