import { readManifests } from '@lgtm-fleet/manifests';
import { plan } from '@lgtm-fleet/plan';
import { clusterSchema } from '@lgtm-fleet/spec';
import { expect, test } from 'vitest';
import { lint } from './engine.ts';
import { fleetCheck } from './fleet.ts';
import { inManifest, inSpec } from './place.ts';
import type { Finding, Rule } from './types.ts';

const spec = (name: string, suppress: readonly unknown[] = []): string =>
  JSON.stringify({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name },
    spec: { retention: { logs: '30d' }, lint: { suppress } },
  });

const service = (annotations = '{}'): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: observability\n  annotations: ${annotations}\nspec:\n  type: NodePort\n`;

const meta = { family: 'network', severity: 'warning', description: 'd', why: 'w' } as const;
const nodePort: Rule = {
  meta: { ...meta, id: 'node-port' },
  kinds: ['Service'],
  *manifest(manifest) {
    yield { place: inManifest(manifest, 'spec', 'type'), message: 'wrong', remedy: { safe: true, value: 'ClusterIP' } };
  },
};

interface World {
  readonly suppress?: readonly unknown[];
  readonly manifest?: string;
  readonly clusters?: readonly string[];
  readonly rules?: readonly Rule[];
  readonly files?: Readonly<Record<string, string>>;
  readonly generated?: Readonly<Record<string, string>>;
}

function run({ suppress, manifest = service(), clusters = ['one'], rules = [nodePort], files, generated = {} }: World) {
  const sources = new Map<string, string>([
    ['base/web/service.yaml', service()],
    ...clusters.map((name): [string, string] => [`clusters/${name}/cluster.yaml`, spec(name, suppress)]),
    ...Object.entries(files ?? {}),
  ]);
  const specs = clusters.map((name) => clusterSchema.parse(JSON.parse(spec(name, suppress))));
  return lint(
    {
      clusters: specs.map((each) => ({
        spec: each,
        plan: plan(each, { repository: 'https://git.example.com/x.git' }),
        manifests: readManifests(manifest, `overlays/${each.metadata.name}/web`).manifests,
        kustomizations: [],
        secretFiles: [],
      })),
      sources: {
        read: (file) => sources.get(file),
        filesOf: () => [...sources.keys()].filter((file) => !file.startsWith('clusters/')),
        generated: (file) => generated[file],
      },
    },
    rules,
  );
}

const textAt = ({ span }: Finding, text: string): string | undefined => span && text.slice(span.start, span.end);

test('a fault of a base is said once, with the clusters that have it', () => {
  const found = run({ clusters: ['two', 'one'] });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    rule: 'node-port',
    file: 'base/web/service.yaml',
    object: 'Service observability/web',
    clusters: ['one', 'two'],
    fix: { safe: true },
  });
  expect(found[0] && textAt(found[0], service())).toBe('NodePort');
});

test('what a fresh generated file says is changed in the cluster file', () => {
  const file = 'overlays/one/web/service.yaml';
  const text = service().replace('  type:', '  # spec.retention.logs: 30d\n  type:');
  const fresh = run({ files: { 'base/web/service.yaml': '', [file]: text }, generated: { [file]: text } });
  expect(fresh[0]?.file).toBe('clusters/one/cluster.yaml');
  expect(fresh[0] && textAt(fresh[0], spec('one'))).toBe('"30d"');
  expect(fresh[0]?.fix).toBeUndefined();

  const edited = run({ files: { 'base/web/service.yaml': '', [file]: text }, generated: { [file]: 'other' } });
  expect(edited[0]?.file).toBe(file);
  expect(edited[0]?.help).toContain('generate-overlay');
});

test('a patch written by hand comes before the base that it changes', () => {
  const patch = 'clusters/one/patches/web/service.yaml';
  const found = run({ files: { [patch]: service() } });
  // Files of `clusters/` are no part of this build.
  expect(found[0]?.file).toBe('base/web/service.yaml');
  const other = 'overlays/one/web/patches/service.yaml';
  expect(run({ files: { [other]: service() } })[0]?.file).toBe(other);
});

test('a suppression with a reason silences, on the object or in the spec', () => {
  const reason = 'the old load balancer needs it';
  expect(run({ manifest: service(`{ ignore.lgtm-fleet.dev/node-port: ${reason} }`) })).toEqual([]);
  expect(run({ suppress: [{ rule: 'node-port', reason }] })).toEqual([]);
  expect(run({ suppress: [{ rule: 'node-port', reason, object: 'Service observability/web' }] })).toEqual([]);
  const elsewhere = run({ suppress: [{ rule: 'node-port', reason, object: 'Service observability/other' }] });
  expect(elsewhere.map(({ rule }) => rule).toSorted()).toEqual(['node-port', 'unused-suppression']);
});

test('a suppression without a reason, without a rule or without a use is a finding', () => {
  const ids = (world: World): readonly string[] => run(world).map(({ rule }) => rule);
  expect(ids({ manifest: service(`{ ignore.lgtm-fleet.dev/node-port: ' ' }`) })).toEqual([
    'unexplained-suppression',
    'node-port',
  ]);
  expect(ids({ manifest: service(`{ ignore.lgtm-fleet.dev/node-prt: because so }`) })).toContain('unused-suppression');
  expect(ids({ suppress: [{ rule: 'node-port', reason: 'because of this' }], rules: [] })).toEqual([
    'unused-suppression',
  ]);
});

test('a rule that throws is named, and the others go on', () => {
  const thrower: Rule = {
    meta: { ...meta, id: 'thrower' },
    kinds: ['Service'],
    manifest: () => {
      throw new Error('no such thing');
    },
  };
  const late: Rule = {
    meta: { ...meta, id: 'late' },
    fleet: fleetCheck(
      () => [],
      function* () {
        yield { place: inSpec('one', 'spec', 'retention'), message: 'first' };
        throw new Error('then');
      },
    ),
  };
  const found = run({ rules: [thrower, late, nodePort] });
  expect(found.map(({ rule }) => rule).toSorted()).toEqual(['internal-error', 'internal-error', 'late', 'node-port']);
  expect(found.map(({ message }) => message)).toContain('the rule `thrower` failed: no such thing');
});

test('a rule that goes on for ever is cut off', () => {
  const endless: Rule = {
    meta: { ...meta, id: 'endless' },
    *cluster(cluster) {
      for (let count = 0; ; count += 1)
        yield { place: inSpec(cluster.name, 'spec'), message: `number ${String(count)}` };
    },
  };
  expect(run({ rules: [endless] })).toHaveLength(200);
});
