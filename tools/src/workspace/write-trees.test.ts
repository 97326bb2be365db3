import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeCheckout, removeCheckout } from '../testing/checkout.ts';
import { writeTrees } from './write-trees.ts';

const files = { 'overlays/home/loki/loki.yaml': 'as it is\n' };
const root = makeCheckout(files);
afterEach(() => {
  removeCheckout(root);
});

test('no change writes nothing at all', async () => {
  const home = { name: 'home', tree: () => new Map(Object.entries(files)) };
  expect(await writeTrees(root, [home], [])).toEqual({ files: 1, changed: 0 });
  expect(existsSync(join(root, '.cache'))).toBe(false);
});
