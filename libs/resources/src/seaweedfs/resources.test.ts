import type { Plan } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { bucketsOf, seaweedfs } from './resources.ts';

const withMimir = planOf({ objectStorage: { seaweedfs: {} } });
const emitted = (of: Plan) =>
  seaweedfs(
    of,
    of.components.find(({ name }) => name === 'seaweedfs')!,
  );

describe('buckets', () => {
  it('are one for each purpose of each store and Grafana, each once', () => {
    const names = bucketsOf(withMimir);
    expect(names).toEqual(Object.values(withMimir.buckets));
    expect(new Set(names).size).toBe(7);
  });

  it('are none for a store that is not there', () => {
    const of = planOf({ metrics: { store: 'prometheus' }, objectStorage: { seaweedfs: {} } });
    expect(bucketsOf(of)).toEqual([of.buckets.loki, of.buckets.lokiRuler, of.buckets.tempo, of.buckets.grafana]);
  });

  it('are made where the stores look for them', () => {
    const storage = withMimir.objectStorage;
    if (storage.kind !== 's3') throw new Error(storage.kind);
    const text = JSON.stringify(emitted(withMimir).patchFiles);
    expect(text).toContain(`"http://${storage.endpoint}"`);
    expect(text).toContain(`"${bucketsOf(withMimir).join(' ')}"`);
  });
});

it('keeps the names of the objects on the volume', () => {
  const files = emitted(withMimir).configFiles;
  expect(files.map(({ name, configMap, hashed }) => [name, configMap, hashed])).toEqual([
    ['filer.toml', 'seaweedfs-config', true],
    ['master.toml', 'seaweedfs-config', true],
  ]);
  const [filer] = files;
  expect(filer?.form === 'text' && filer.text).toContain('dir = "/var/seaweedfs/filer"');
});
