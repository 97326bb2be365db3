import { expect, test } from 'vitest';
import { changesBetween } from './changes.ts';
import type { Diagnosis, Report } from './types.ts';

const one = (id: string, what: string): Diagnosis => ({
  id,
  what,
  severity: 'error',
  layer: 'store',
  where: 'somewhere',
  why: [],
  next: 'look',
  about: ['loki'],
  runbook: 'store-down',
  symptoms: [],
});
const report = (diagnoses: readonly Diagnosis[], dark: readonly string[] = []): Report => ({
  cluster: 'lab',
  at: '2026-03-01T12:00:00Z',
  seconds: 1,
  diagnoses,
  unknown: dark.map((what) => ({ what, because: 'no answer' })),
  checks: 1,
});

test('what came, what went, and not what is only said in other words', () => {
  const before = report([one('stays', 'for 3 s'), one('goes', 'x')], ['logs']);
  const after = report([one('stays', 'for 9 s'), one('comes', 'y')], ['pods']);
  const { appeared, gone, darkened, lightened } = changesBetween(before, after);
  expect(appeared.map(({ id }) => id)).toEqual(['comes']);
  expect(gone.map(({ id }) => id)).toEqual(['goes']);
  expect(darkened.map(({ what }) => what)).toEqual(['pods']);
  expect(lightened.map(({ what }) => what)).toEqual(['logs']);
});

test('nothing changes between a look and itself', () => {
  const same = report([one('stays', 'x')], ['logs']);
  expect(Object.values(changesBetween(same, same)).flat()).toEqual([]);
});
