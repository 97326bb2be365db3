import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { checkout } from '../testing/rendered.ts';
import { loadFleet } from '../workspace/clusters.ts';
import { makeCheckout } from './checkout.ts';

// One of each size that there is.
const SIZES = 20;
const root = makeCheckout(checkout(), SIZES);
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('what is measured is a fleet without a fault, whatever the example has by now', () => {
  const { clusters, diagnostics } = loadFleet(root);
  expect(diagnostics).toEqual([]);
  expect(new Set(clusters.map(({ cluster }) => JSON.stringify(cluster.spec.load))).size).toBe(SIZES);
});
