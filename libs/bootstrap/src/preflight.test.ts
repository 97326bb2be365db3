import { clusterJsonSchema } from '@lgtm-fleet/spec';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { expect, test } from 'vitest';
import type { ClusterFacts } from './facts.ts';
import { preflight, SUPPORTED_MINORS } from './preflight.ts';
import { fixtures, labPlan } from './testing.ts';

interface Fixture {
  readonly spec?: YamlValue;
  /** What differs from a cluster that lacks nothing; null for what may not be read. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly expect: readonly string[];
}

const healthy: ClusterFacts = {
  serverVersion: 'v1.36.1',
  storageClasses: [{ name: 'standard', isDefault: true }],
  nodes: [
    {
      name: 'node',
      usable: true,
      allocatable: { milliCpu: 8000, memoryBytes: 32 * 2 ** 30 },
      taken: { milliCpu: 200, memoryBytes: 2 ** 28 },
    },
  ],
  definitions: [],
  metricsApi: true,
  namespaces: [],
  argocd: [],
  denied: [],
};

test.each(fixtures<Fixture>('preflight'))('%s', (_, { spec, facts, expect: expected }) => {
  const merged = Object.fromEntries(
    Object.entries<unknown>({ ...healthy, ...facts }).filter(([, value]) => value !== null),
  ) as unknown as ClusterFacts;
  const findings = preflight(labPlan(spec), merged);
  expect([...new Set(findings.map(({ severity, id }) => `${severity} ${id}`))]).toEqual(expected);
  for (const { message, help } of findings) expect(`${message}${help ?? ''}`).not.toMatch(/undefined|NaN|\n/);
});

test('the supported range is what a spec may name', () => {
  const [oldest, newest] = SUPPORTED_MINORS;
  const minors = Array.from({ length: newest - oldest + 1 }, (_, index) => `1.${String(oldest + index)}`);
  expect(JSON.stringify(clusterJsonSchema())).toContain(JSON.stringify(minors));
});
