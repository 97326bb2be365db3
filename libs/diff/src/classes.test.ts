import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classes } from './classes/index.ts';
import { classFolders, CLASSES, compare, fixturesOf, summary } from './testing/fixtures.ts';
import { readme } from './testing/readme.ts';
import { EFFECTS } from './types.ts';

/** Each folder of classes/ is a class: it fires on its pairs, is silent on their twins, and its page says so. */

const all = classFolders.flatMap((id) => fixturesOf(id));
const fires = (id: string) =>
  fixturesOf(id).filter((fixture) => compare(fixture).dangers.some(({ meta }) => meta.id === id));

test('the list has every folder, and no other', () => {
  expect(classes.map(({ meta }) => meta.id)).toEqual(classFolders);
  expect(classes.length).toBeGreaterThanOrEqual(25);
});

test('every family of the catalogue has a class', () => {
  const families = new Set(classes.map(({ meta }) => meta.danger));
  const expected = Array.from({ length: 25 }, (_, index) => `D${String(index + 1).padStart(2, '0')}`);
  expect([...families].toSorted()).toEqual(expected);
});

describe.each(classes.map((one) => [one.meta.id, one] as const))('%s', (id, { meta }) => {
  test('says what it is', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    for (const text of [meta.description, meta.why]) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(meta.source).not.toBe('');
    expect(EFFECTS).toContain(meta.effect);
  });

  test('fires on a pair, and is silent on its harmless twin', () => {
    expect(fires(id).length).toBeGreaterThan(0);
    expect(fires(id).length).toBeLessThan(fixturesOf(id).length);
  });

  test('blocks until exactly that is approved', () => {
    const [fixture] = fires(id);
    const found = compare(fixture!).dangers.filter((danger) => danger.meta.id === id);
    expect(found.every((danger) => (danger.effect === 'data-loss' ? true : EFFECTS.includes(danger.effect)))).toBe(
      true,
    );
    expect(compare(fixture!).unapproved > 0 || !meta.blocks).toBe(true);
    for (const { address } of found) expect(address).toMatch(/^\S+$/);
  });

  test('has a page that is its meta and its fixtures (`node libs/diff/src/testing/write-fixtures.ts` writes it)', () => {
    expect(readFileSync(join(CLASSES, id, 'README.md'), 'utf8')).toBe(readme(meta, fixturesOf(id)));
  });
});

describe.each(all.map((fixture) => [fixture.id, fixture.name, fixture] as const))('%s: %s', (_id, _name, fixture) => {
  test('is judged as expected', () => {
    expect(summary(compare(fixture))).toBe(fixture.expected);
  });

  test('is nothing against itself, on either side', () => {
    for (const revision of [fixture.base, fixture.head]) {
      const comparison = compare({ base: revision, head: revision });
      expect(comparison).toMatchObject({ dangers: [], changes: [], unapproved: 0, failures: [] });
      expect(comparison.blast.clusters).toEqual([]);
    }
  });

  test('has no change without an effect, and none that is less than its danger', () => {
    const { dangers, changes } = compare(fixture);
    for (const { effect } of changes) expect(EFFECTS).toContain(effect);
    for (const danger of dangers)
      for (const change of danger.changes) {
        const judged = changes.find((one) => one.change === change);
        expect(EFFECTS.indexOf(judged!.effect)).toBeLessThanOrEqual(EFFECTS.indexOf(danger.effect));
      }
  });
});
