import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeCheckout, removeCheckout, textsBelow } from '../testing/checkout.ts';
import type { Death } from '../testing/die.ts';
import { commit, recover, stage, unfinished } from './journal.ts';

const PROGRAM = join(import.meta.dirname, '../testing/die.ts');
const JOURNAL = '.cache/lgtm-fleet/journal';

const old = {
  'overlays/home/loki/loki.yaml': 'old',
  'overlays/home/loki/same.yaml': 'same',
  'overlays/home/mimir/mimir.yaml': 'old',
  'overlays/home/mimir/limits.yaml': 'old',
};
const write = {
  'overlays/home/loki/loki.yaml': 'new',
  'overlays/home/tempo/tempo.yaml': 'new',
  'clusters/home/applications/tempo.yaml': 'new',
};
const remove = ['overlays/home/mimir/mimir.yaml', 'overlays/home/mimir/limits.yaml'];
const changes = { cluster: 'home', write, remove };
const after = {
  'overlays/home/loki/loki.yaml': 'new',
  'overlays/home/loki/same.yaml': 'same',
  'overlays/home/tempo/tempo.yaml': 'new',
  'clusters/home/applications/tempo.yaml': 'new',
};

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) removeCheckout(root);
});

function checkout(): string {
  const root = makeCheckout(old);
  roots.push(root);
  return root;
}

function tree(root: string): Readonly<Record<string, string>> {
  return { ...textsBelow(root, 'overlays'), ...textsBelow(root, 'clusters') };
}

/** The signal that ended the child, and the steps it counted if nothing did. */
function die(death: Death): { readonly signal: NodeJS.Signals | null; readonly steps: number } {
  const { signal, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, JSON.stringify(death)], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return { signal, steps: Number(stdout) };
}

test('a commit makes the new tree, and leaves no empty folder and no journal', () => {
  const root = checkout();
  stage(root, 'home', { write: new Map(Object.entries(write)), remove });
  expect(tree(root)).toEqual(old);
  commit(root, 'home');
  expect(tree(root)).toEqual(after);
  expect(existsSync(join(root, 'overlays/home/mimir'))).toBe(false);
  expect(readdirSync(join(root, JOURNAL))).toEqual([]);
});

test('killed at any step, the tree is the old one or the new one', () => {
  const { steps } = die({ root: checkout(), after: Number.POSITIVE_INFINITY, changes });
  expect(steps).toBe(12);
  const ends = Array.from({ length: steps }, (_, index) => {
    const root = checkout();
    expect(die({ root, after: index + 1, changes }).signal).toBe('SIGKILL');
    const cutOff = unfinished(root).length > 0;
    const finished = recover(root);
    expect(finished).toEqual(cutOff ? ['home'] : []);
    expect(readdirSync(join(root, JOURNAL))).toEqual([]);
    expect(recover(root)).toEqual([]);
    const end = tree(root);
    expect([old, after]).toContainEqual(end);
    return JSON.stringify(end) === JSON.stringify(tree(roots[0] ?? '')) ? 'new' : 'old';
  });
  // Four files are staged before the one step that decides.
  expect(ends).toEqual([...Array<string>(4).fill('old'), ...Array<string>(8).fill('new')]);
});

test('killed while it finishes what was killed, it is finished the next time', () => {
  const killed = checkout();
  die({ root: killed, after: 5, changes });
  expect(unfinished(killed)).toEqual(['home']);
  expect(tree(killed)).toEqual(old);
  const copies = Array.from({ length: 7 }, () => checkout());
  for (const [index, root] of copies.entries()) {
    cpSync(killed, root, { recursive: true });
    expect(die({ root, after: index + 1 }).signal).toBe('SIGKILL');
    recover(root);
    expect(tree(root)).toEqual(after);
    expect(readdirSync(join(root, JOURNAL))).toEqual([]);
  }
});

test('a stage that was cut off is forgotten by the next', () => {
  const root = checkout();
  die({ root, after: 2, changes });
  stage(root, 'home', { write: new Map([['overlays/home/loki/loki.yaml', 'newer']]), remove: [] });
  commit(root, 'home');
  expect(tree(root)).toEqual({ ...old, 'overlays/home/loki/loki.yaml': 'newer' });
  expect(readdirSync(join(root, JOURNAL))).toEqual([]);
});
