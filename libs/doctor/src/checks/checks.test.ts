import { runbooks } from '@lgtm-fleet/runbooks';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../diagnose.ts';
import type { Facts } from '../facts.ts';
import { LAYERS } from '../types.ts';
import { checks } from './index.ts';

/** `fixtures/healthy.yaml`, `healthy-….yaml` where that is easily taken for a fault, and one file named after each fault; `UPDATE=1` writes what is expected, for you to read. */
interface Fixture {
  /** An example cluster. */
  readonly cluster: string;
  readonly facts: Partial<Facts>;
  readonly expect: readonly string[];
}

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

test('every folder is a check of its name, and the list is in order', () => {
  expect(checks.map(({ id }) => id)).toEqual(folders.map(({ name }) => name).toSorted());
  for (const { id, runbook, layer } of checks) {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect(runbooks).toHaveProperty([runbook]);
    expect(LAYERS).toContain(layer);
  }
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const folder = join(import.meta.dirname, id, 'fixtures');
  const names = readdirSync(folder).toSorted();

  test('has a healthy fixture and one with a fault', () => {
    expect(names).toContain('healthy.yaml');
    expect(names.length).toBeGreaterThan(1);
  });

  test.each(names)('%s', (name) => {
    const path = join(folder, name);
    const { cluster, facts, ...rest } = parse(readFileSync(path, 'utf8')) as Fixture;
    const findings = findingsOf(check, examplePlan(cluster), { at: '2026-03-01T12:00:00Z', unknown: [], ...facts });
    const found = findings.map(
      ({ severity, what, where, about, runbook }) =>
        `${severity} ${where}: ${what} [${runbook}] about ${about.join(', ')}`,
    );
    if (process.env['UPDATE'] === '1')
      writeFileSync(path, stringify({ cluster, facts, expect: found } as unknown as YamlValue));
    else expect(found).toEqual(rest.expect);
    if (name.startsWith('healthy')) expect(found).toEqual([]);
    else expect(found.length).toBeGreaterThan(0);
    for (const { what, where, why, next, about, runbook } of findings) {
      expect([what, where, ...why, next].join(' ')).not.toMatch(/undefined|NaN|\[object|\n/);
      expect(why.every((text) => text !== '')).toBe(true);
      expect(what).not.toMatch(/\.$/);
      expect(about.length).toBeGreaterThan(0);
      expect(runbooks).toHaveProperty([runbook]);
    }
  });
});
