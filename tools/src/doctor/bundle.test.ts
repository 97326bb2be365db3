import { examplePlan } from '@lgtm-fleet/plan/testing';
import { strFromU8, unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeBundle } from './bundle.ts';
import type { Examined } from './examine.ts';

const plan = examplePlan('home-lab');
const at = '2026-03-01T12:00:00Z';
const seen: Examined = {
  report: { cluster: plan.cluster, at, seconds: 1, checks: 1, diagnoses: [], unknown: [] },
  facts: { at, unknown: [] },
  secrets: [],
};

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lgtm-fleet-bundle-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

test('a bundle takes the place of a file that others may read, and its rights are not taken over', () => {
  const file = join(home, 'x.zip');
  writeFileSync(file, 'old', { mode: 0o644 });
  writeBundle(file, plan, seen, 'no findings');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(strFromU8(unzipSync(readFileSync(file))['report.txt']!)).toBe('no findings');
  expect(readdirSync(home)).toEqual(['x.zip']);
});

test.each([
  ['there is no folder', 'out/x.zip', 'ENOENT'],
  ['a folder stands there', 'folder', 'EISDIR'],
])('%s: nothing is left behind', (_, name, code) => {
  mkdirSync(join(home, 'folder'));
  expect(() => {
    writeBundle(join(home, name), plan, seen, '');
  }).toThrow(expect.objectContaining({ code }) as Error);
  expect(readdirSync(home)).toEqual(['folder']);
});
