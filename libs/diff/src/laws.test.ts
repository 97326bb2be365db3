import { manifestOf, type Json, type Manifest } from '@lgtm-fleet/manifests';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classes } from './classes/index.ts';
import { diff } from './diff.ts';
import { alike, fieldChanges } from './fields/compare.ts';
import { applyFields } from './fields/apply.ts';
import { jsonReport } from './format/json.ts';
import { markdownReport, MAX_COMMENT } from './format/markdown.ts';
import { prettyReport } from './format/pretty.ts';
import { hostileManifest, json } from './testing/arbitraries.ts';
import { oneCluster, revision, TODAY } from './testing/fixtures.ts';
import { EFFECTS } from './types.ts';

/** Longer by hand: `RUNS=1000000 npx vitest run libs/diff/src/laws.test.ts`. */
const RUNS = Number(process.env['RUNS'] ?? 10_000);

describe('the comparison of values', () => {
  test('a value is like itself', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(fieldChanges(value, structuredClone(value))).toEqual([]);
      }),
    );
  });

  test('is complete: making the changes to the one gives the other', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const made = applyFields(before, fieldChanges(before, after));
        // Nothing is left to change; order of fields, and of what is told apart by its name, counts for nothing.
        expect(fieldChanges(made, after)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('is complete to the letter where lists hold values that say nothing of themselves', () => {
    const plain = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.integer(),
        fc.constantFrom('a', 'b', ''),
        fc.array(fc.integer(), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('x', 'y', 'z', '__proto__'), tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        expect(alike(applyFields(before, fieldChanges(before, after)), after, 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any pair of revisions', () => {
  const manifests = fc.array(hostileManifest, { maxLength: 5 });

  test('is compared without a fault, and reported within its bounds', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(manifests, manifests, fc.boolean(), (before, after, keep) => {
        const head = keep ? [...before.slice(1), ...after] : after;
        const comparison = diff(oneCluster(before), oneCluster(head), { today: TODAY });
        expect(comparison.failures).toEqual([]);
        expect(markdownReport(comparison).length).toBeLessThanOrEqual(MAX_COMMENT);
        expect(prettyReport(comparison)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e]/);
        JSON.parse(jsonReport(comparison));
        for (const { address } of comparison.dangers) expect(address).toMatch(/^[\w.:/@=%;-]+$/);
      }),
      { numRuns: RUNS },
    );
  });

  test('is nothing where both are one', () => {
    fc.assert(
      fc.property(manifests, (all) => {
        const copy = structuredClone(all);
        const comparison = diff(oneCluster(all), oneCluster(copy), { today: TODAY });
        expect(comparison).toMatchObject({ changes: [], dangers: [] });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('more loss never counts for less', () => {
  /** How bad a comparison is: its worst danger, and how many there are of each class. */
  const judge = (base: string, head: string) => {
    const { dangers } = diff(revision(base), revision(head), { today: TODAY });
    return (id: string) => {
      const own = dangers.filter(({ meta }) => meta.id === id);
      return own.length === 0 ? EFFECTS.length : Math.min(...own.map(({ effect }) => EFFECTS.indexOf(effect)));
    };
  };
  const expectMonotone = (id: string, base: string, headOf: (loss: number) => string, most: number) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }), (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(judge(base, headOf(more))(id)).toBeLessThanOrEqual(judge(base, headOf(less))(id));
      }),
      { numRuns: 150 },
    );
    // The law is not kept by silence.
    expect(judge(base, headOf(most))(id)).toBeLessThan(EFFECTS.length);
  };
  const cluster =
    'apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata: { name: prod-eu, labels: { environment: production } }\n---\n';
  const config = (name: string, file: string, value: unknown) =>
    `${cluster}${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'o', labels: { 'app.kubernetes.io/name': name.split('-')[0] } }, data: { [file]: typeof value === 'string' ? value : JSON.stringify(value) } })}`;
  const set = (component: string, role: string, replicas: number, storage = 100) =>
    `${JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: {
        name: `${component}-${role}`,
        namespace: 'o',
        labels: { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': role },
      },
      spec: {
        replicas,
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { resources: { requests: { storage: `${String(storage)}Gi` } } } },
        ],
      },
    })}\n---\n`;

  test.each([
    ['mimir', (period: string) => ({ blocks_storage: {}, limits: { compactor_blocks_retention_period: period } })],
    [
      'loki',
      (period: string) => ({
        schema_config: {},
        limits_config: { retention_period: period },
        compactor: { retention_enabled: true },
      }),
    ],
    [
      'tempo',
      (period: string) => ({ storage: { trace: {} }, backend_worker: { compaction: { block_retention: period } } }),
    ],
  ])('retention of %s', (name, values) => {
    const of = (hours: number) => config(`${name}-config`, `${name}.yaml`, values(`${String(hours)}h`));
    expectMonotone('retention-shortened', of(9480), (loss) => of(9480 - loss), 9479);
  });

  test('retention that was endless', () => {
    const of = (period: string) =>
      config('mimir-config', 'mimir.yaml', {
        blocks_storage: {},
        limits: { compactor_blocks_retention_period: period },
      });
    expectMonotone('retention-shortened', of('0s'), (loss) => of(`${String(9480 - loss)}h`), 9479);
  });

  test.each([
    ['mimir', 'ingester'],
    ['mimir', 'store-gateway'],
    ['loki', 'ingester'],
    ['kafka', 'broker'],
  ])('replicas of %s %s', (component, role) => {
    const of = (replicas: number) => cluster + set(component, role, replicas);
    expectMonotone('stateful-scaled-down', of(12), (loss) => of(12 - loss), 12);
  });

  test('size of a volume', () => {
    const of = (size: number) => cluster + set('mimir', 'ingester', 3, size);
    expectMonotone('volume-shrunk', of(100), (loss) => of(100 - loss), 99);
  });

  test('copies, partitions and retention of a topic', () => {
    const of = (copies: number, partitions: number, hours: number) =>
      config(
        'kafka-topics',
        'topics.txt',
        `ingest ${String(partitions)} ${String(copies)} retention.ms=${String(hours * 3_600_000)}\n`,
      );
    const base = of(100, 100, 100);
    expectMonotone('replication-factor-lowered', base, (loss) => of(100 - loss, 100, 100), 99);
    expectMonotone('kafka-partitions-lowered', base, (loss) => of(100, 100 - loss, 100), 99);
    expectMonotone('kafka-retention-lowered', base, (loss) => of(100, 100, 100 - loss), 99);
  });

  test.each(['ServiceAccount', 'StatefulSet', 'Namespace', 'CustomResourceDefinition'])(
    'objects of kind %s',
    (kind) => {
      const object = (index: number): Manifest =>
        manifestOf(
          {
            apiVersion: 'v1',
            kind,
            metadata: { name: `object-${String(index)}` },
            spec: { index, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
          },
          'overlays/prod-eu/x',
        )!;
      const of = (count: number) => oneCluster(Array.from({ length: count }, (_, index) => object(index)));
      const severity = (loss: number) => {
        const { dangers } = diff(of(60), of(60 - loss), { today: TODAY });
        return {
          blocking: dangers.filter(({ meta }) => meta.blocks).length,
          mass: dangers.some(({ meta }) => meta.id === 'mass-deletion'),
        };
      };
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (one, other) => {
          const [less, more] = [severity(Math.min(one, other)), severity(Math.max(one, other))];
          expect(more.blocking).toBeGreaterThanOrEqual(less.blocking);
          expect(more.mass || !less.mass).toBe(true);
        }),
        { numRuns: 60 },
      );
      expect(severity(60).mass).toBe(true);
    },
  );
});

test('a class that throws is named, and the others go on', () => {
  const [first] = classes;
  const throwing = {
    meta: { ...first!.meta, id: 'thrower' },
    find: () => {
      throw new Error('broken');
    },
  };
  const base = oneCluster([manifestOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }, 'x')!]);
  const comparison = diff(base, oneCluster([]), { today: TODAY, classes: [throwing, ...classes] });
  expect(comparison.failures).toEqual([{ id: 'thrower', message: 'prod-eu: broken' }]);
  expect(comparison.dangers.map(({ meta }) => meta.id)).toContain('namespace-removed');
  for (const report of [prettyReport, markdownReport, jsonReport]) expect(report(comparison)).toContain('thrower');
});
