import { rules } from '@lgtm-fleet/lint';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFleet } from '../workspace/clusters.ts';
import { planOf } from '../workspace/tree.ts';
import { benchmarksPage, CONTROLS, PROOFS } from './benchmarks.ts';
import { repository, root } from './pages.ts';

/** Ids of the two lists as they are upstream: none is left out, and none is invented. */
const NSA =
  '0002 0005 0012 0013 0016 0017 0030 0034 0035 0038 0041 0044 0046 0054 0055 0057 0058 0059 0066 0067 0068 0069 0070 0270 0271';
const CIS =
  '0041 0185 0186 0187 0188 0189 0190 0191 0192 0193 0197 0198 0199 0200 0201 0202 0203 0204 0205 0206 0207 0208 0209 0210 0211 0212 0246 0275 0276 0278 0279 0280 0281 0282 0289';

test.each([
  ['NSA', NSA],
  ['CIS', CIS],
])('every control of %s has its line', (framework, ids) => {
  const own = CONTROLS.filter((control) => control.of.includes(framework)).map(({ id }) => id.replace('C-', ''));
  expect(own.toSorted()).toEqual(ids.split(' '));
});

test('each stands once; what is met is shown by a rule or a test, and what is not has its reason', () => {
  expect(new Set(CONTROLS.map(({ id }) => id)).size).toBe(CONTROLS.length);
  for (const { id, state, why, shownBy } of CONTROLS) {
    if (state === 'met' || state === 'met, but for') expect(shownBy, id).not.toEqual([]);
    if (state === 'not met' || state === 'met, but for') expect(why?.length ?? 0, id).toBeGreaterThan(20);
  }
});

test('every rule and test that is named is there', () => {
  const known = new Set(rules.map(({ meta }) => meta.id));
  const named = CONTROLS.flatMap(({ shownBy }) => shownBy);
  expect(named.filter((one) => PROOFS[one] === undefined && !known.has(one))).toEqual([]);
  for (const [short, [file, name]] of Object.entries(PROOFS)) {
    expect(named, short).toContain(short);
    expect(existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8'), short).toContain(`'${name}'`);
  }
});

test('the page says what the table says (UPDATE=1 writes it)', () => {
  const fleet = loadFleet(root).clusters.map(({ cluster }) => cluster);
  const [cluster] = fleet;
  if (cluster === undefined) throw new Error('there is no example');
  const page = join(root, 'docs/security-benchmarks.md');
  const text = benchmarksPage(planOf({ cluster, fleet, repository }));
  if (process.env['UPDATE'] === '1') writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});
