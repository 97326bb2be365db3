import { formatDiagnostics } from '@lgtm-fleet/diagnostics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parse } from './parse.ts';
import { clusterValue, parseValue } from './testing.ts';

const home = 'apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata:\n  name: home\n';

function messages(text: string): string {
  const parsed = parse({ path: 'cluster.yaml', text });
  return parsed.ok ? '' : formatDiagnostics(parsed.diagnostics, () => text);
}

test('four lines are a cluster, with every default filled in', () => {
  const parsed = parse({ path: 'cluster.yaml', text: home });
  expect(parsed.ok && parsed.value.cluster.spec).toMatchObject({
    role: 'hub',
    kubernetes: { version: '1.36', zones: [], clusterDomain: 'cluster.local' },
    load: { metrics: { activeSeries: 20_000, scrapeInterval: 60 }, queries: 1 },
    tenants: [{ name: 'main', load: 1, namespaces: [] }],
  });
});

test('all that is wrong is said at once, in the order of the lines', () => {
  const text = `${home}  lables: {}\nspec:\n  load:\n    queries: 5\n  retention: { logs: 1h }\n`;
  const said = messages(text);
  expect([...said.matchAll(/^error\[([\w-]+)\]/gm)].map((match) => match[1])).toEqual([
    'unknown-key',
    'missing-unit',
    'out-of-range',
  ]);
  expect(said).toContain('did you mean `labels`?');
  expect(said).toMatch(/3 errors$/);
});

test('the order of keys changes nothing', () => {
  fc.assert(
    fc.property(clusterValue, fc.integer(), (value, seed) => {
      expect(parseValue(shuffled(value, seed))).toEqual(parseValue(value));
    }),
    { numRuns: 50 },
  );
});

test('any text ends in a cluster or in errors with a place', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        clusterValue.map((value) => stringify(value)),
        fc.json(),
      ),
      fc.nat(),
      fc.string(),
      (text, at, noise) => {
        const cut = at % (text.length + 1);
        const parsed = parse({ path: 'cluster.yaml', text: text.slice(0, cut) + noise + text.slice(cut) });
        if (parsed.ok) return;
        expect(parsed.diagnostics.length).toBeGreaterThan(0);
        for (const { span } of parsed.diagnostics) expect(span?.start).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 500 },
  );
});

function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => shuffled(item, seed));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, seed)] as const);
  return Object.fromEntries(
    seed % 2 === 0 ? entries.toReversed() : entries.toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
