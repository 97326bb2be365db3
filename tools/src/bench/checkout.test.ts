import { targetsOf } from '@lgtm-fleet/spec';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout } from '../testing/rendered.ts';
import { loadFleet } from '../workspace/clusters.ts';
import { makeCheckout, nameOf } from './checkout.ts';
import { addIngest } from './ingest.ts';

// One of each size that there is.
const SIZES = 20;
const root = makeCheckout(checkout(), SIZES, tmpdir());
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('what is measured is a fleet without a fault, whatever the example has by now', () => {
  const { clusters, diagnostics } = loadFleet(root);
  expect(diagnostics).toEqual([]);
  expect(new Set(clusters.map(({ cluster }) => JSON.stringify(cluster.spec.load))).size).toBe(SIZES);
});

test('so is a cluster with everything that can be outside of it', () => {
  const file = join(root, 'clusters', nameOf(0), 'cluster.yaml');
  const before = readFileSync(file, 'utf8');
  try {
    addIngest(file);
    const { clusters, diagnostics } = loadFleet(root);
    expect(diagnostics).toEqual([]);
    const { ingest } = clusters.find(({ cluster }) => cluster.metadata.name === nameOf(0))!.cluster.spec;
    expect(ingest.sources.reduce((sum, source) => sum + targetsOf(source), 0)).toBe(2000);
    expect(ingest.hosts.reduce((sum, { count }) => sum + count, 0)).toBe(500);
  } finally {
    writeFileSync(file, before);
  }
});
