import type { Json, Manifest } from '@lgtm-fleet/manifests';
import { expect, test } from 'vitest';
import { diff } from '../diff.ts';
import { oneCluster, TODAY } from '../testing/fixtures.ts';

/** Enormous input ends: a run that takes longer than the timeout is a failure, and nothing else is timed. */

const object = (kind: string, name: string, spec: Json): Manifest => ({
  apiVersion: 'v1',
  kind,
  name,
  namespace: 'o',
  folder: 'overlays/prod-eu/x',
  body: { metadata: { name, namespace: 'o' }, spec },
});

test('thousands of objects that all come and go', { timeout: 20_000 }, () => {
  const all = (prefix: string) =>
    Array.from({ length: 3000 }, (_, index) =>
      object(`Kind${String(index % 20)}`, `${prefix}-${String(index)}`, { index }),
    );
  const { changes } = diff(oneCluster(all('a')), oneCluster(all('b')), { today: TODAY });
  expect(changes.length).toBeGreaterThanOrEqual(3000);
});

test('objects of a hundred thousand values, renamed', { timeout: 20_000 }, () => {
  const spec = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`key-${String(index)}`, [index, { index }]]),
  );
  const all = (prefix: string) =>
    Array.from({ length: 50 }, (_, index) => object('Large', `${prefix}-${String(index)}`, spec));
  const { changes } = diff(oneCluster(all('a')), oneCluster(all('b')), { today: TODAY });
  expect(changes.length).toBeGreaterThanOrEqual(50);
});

test(
  'a file that repeats itself by aliases, and one that is nested without end, are compared as text',
  { timeout: 20_000 },
  () => {
    const laughs = [
      'a0: &a0 [x]',
      ...Array.from(
        { length: 30 },
        (_, index) => `a${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}, *a${String(index)}]`,
      ),
    ].join('\n');
    const config = (text: string): Manifest => ({
      ...object('ConfigMap', 'x', null),
      body: { metadata: { name: 'x', namespace: 'o' }, data: { 'x.yaml': text } },
    });
    for (const text of [laughs, '['.repeat(100_000), `${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`]) {
      const { changes, failures } = diff(oneCluster([config(text)]), oneCluster([config(`${text} `.trim())]), {
        today: TODAY,
      });
      expect({ changes, failures }).toEqual({ changes: [], failures: [] });
      expect(
        diff(oneCluster([config(text)]), oneCluster([config(`${text}\nb: 1`)]), { today: TODAY }).changes,
      ).toHaveLength(1);
    }
  },
);
