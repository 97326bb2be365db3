import { planSecretChanges, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { parse } from '@lgtm-fleet/spec';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { kept } from '../e2e/checks/rebuild.ts';
import { newPassword, newSalt } from '../kubernetes/secrets.ts';
import { planOf } from '../workspace/tree.ts';
import { fencesOf, plans, proseOf, read, repository, root, toolTargets } from './pages.ts';

/** What the page says is there, is there; what its blocks do with real programs, the tests that it names show. */

const PAGE = 'docs/backup.md';
/** A block within a list is indented. */
const text = read(PAGE);
const blocks = [...text.matchAll(/^( *)```(\w+)[ ]?(.*)\n([^]*?)^ *```$/gm)].map(
  ([, indent = '', language = '', label = '', body = '']) => ({
    language,
    label,
    lines: body.split('\n').map((line) => line.slice(indent.length)),
  }),
);
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ label, lines }) => lines.filter((line) => line !== '').map((line) => ({ label, line })));

const spec = fencesOf(PAGE).find(({ path }) => path === 'clusters/attic/cluster.yaml');
const parsed = parse({ path: 'clusters/attic/cluster.yaml', text: spec?.text ?? '' });
if (!parsed.ok) throw new Error('the cluster of the page does not parse');
const plan = planOf({ cluster: parsed.value.cluster, fleet: [], repository });
const workloads = plan.components.flatMap(({ namespace, workloads: own }) =>
  own.map(({ kind, name }) => `${namespace} ${kind.toLowerCase()}/${name}`),
);

const folder = mkdtempSync(join(tmpdir(), 'lgtm-backup-page-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('every command', () => {
  /** Blocks that tests of the libraries run against the real programs, and the test. */
  const RUN: Readonly<Record<string, string>> = {
    'grafana-check': 'libs/resources/src/grafana/backup.program.test.ts',
    'grafana-back': 'libs/resources/src/grafana/backup.program.test.ts',
    versioning: 'libs/resources/src/seaweedfs/versions.program.test.ts',
    undelete: 'libs/resources/src/seaweedfs/versions.program.test.ts',
    'rules-out': 'libs/resources/src/gateway/rules.program.test.ts',
    'rules-in': 'libs/resources/src/gateway/rules.program.test.ts',
    'flush-metrics': 'libs/resources/src/mimir/rebuild.program.test.ts',
    'secrets-out': 'tools/src/docs/backup.test.ts',
  };

  test.each(Object.entries(RUN))('of the block %s is run by a test', (label, path) => {
    expect(commands.filter((one) => one.label === label).length).toBeGreaterThan(0);
    expect(read(path)).toContain(`'${label}'`);
  });

  test.each(commands)('$line', ({ label, line }) => {
    if (label !== '') expect(Object.keys(RUN)).toContain(label);
    if (line.startsWith('npx nx run ')) {
      const [, target = ''] = /^npx nx run tools:([a-z-]+) --cluster=attic --context=attic$/.exec(line) ?? [];
      expect(Object.keys(toolTargets)).toContain(target);
      return;
    }
    if (!line.startsWith('kubectl ')) {
      expect(line).toMatch(/^(?:curl|jq|rm|mkdir|aws|mimirtool|lokitool) /);
      for (const [bucket] of line.matchAll(/acme-attic-[a-z-]+/g))
        expect(Object.values(plan.buckets)).toContain(bucket);
      return;
    }
    expect(line).toMatch(/^kubectl --context=attic /);
    const [, namespace = 'observability'] = /--namespace=(\S+)/.exec(line) ?? [];
    for (const [, kind = '', name = ''] of line.matchAll(/ (statefulset|deployment|service|pod)\/(\S+)/g)) {
      const named =
        kind === 'service'
          ? `deployment/${name}`
          : kind === 'pod'
            ? `statefulset/${name.replace(/-0$/, '')}`
            : `${kind}/${name}`;
      expect(workloads).toContain(`${namespace} ${named}`);
    }
    const [, container] = / --container=(\S+)/.exec(line) ?? [];
    if (container !== undefined)
      expect(read('base/grafana/variants/backup/containers.yaml')).toContain(`- name: ${container}\n`);
  });
});

test('Secrets are kept by jq as the end-to-end test keeps them, and bootstrap finds all of them there', () => {
  const [all, shape] = commands.filter(({ label }) => label === 'secrets-out').map(({ line }) => line);
  expect(all).toMatch(/^kubectl .* get secret --output=json > \.\.\/all\.json$/);
  const values = planSecretChanges(plan, {
    present: new Map(),
    given: new Map([
      ['object-storage/ACCESS_KEY_ID', 'id'],
      ['object-storage/SECRET_ACCESS_KEY', 'key'],
    ]),
    password: newPassword,
    salt: newSalt,
  });
  const secrets = values.changes
    .filter(({ namespace }) => namespace === 'observability')
    .map(({ namespace, name, values: data }, index): ClusterObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        namespace,
        name,
        ...(index === 0 && { labels: { a: 'b' } }),
        resourceVersion: '17',
        annotations: { added: 'by the server' },
      },
      type: 'Opaque',
      data: Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
      ),
    }));
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  const others = { ...secrets[0], type: 'kubernetes.io/tls' };
  const work = join(folder, 'work');
  mkdirSync(work);
  writeFileSync(
    join(folder, 'all.json'),
    JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: {}, items: [...secrets, others] }),
  );
  execFileSync('/bin/sh', ['-c', shape ?? 'false'], { cwd: work });
  const { items } = JSON.parse(readFileSync(join(folder, 'observability.json'), 'utf8')) as {
    readonly items: readonly ClusterObject[];
  };
  expect(items).toEqual(secrets.map(kept));

  const present = new Map(
    items.map(({ metadata, ...rest }) => {
      const data = rest['data'] as Readonly<Record<string, string>>;
      const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
      return [`${metadata.namespace ?? ''}/${metadata.name}`, Object.fromEntries(decoded) as Record<string, string>];
    }),
  );
  const { changes } = planSecretChanges(plan, { present, given: new Map(), password: newPassword, salt: newSalt });
  // Those of the collectors are in the other namespace, and are made of these.
  expect(changes.map(({ namespace }) => namespace)).toEqual(['monitoring']);
  expect(changes[0]?.values).toEqual(present.get('observability/tenant-credentials'));
});

test('the patch for the first hours is of arguments that Mimir has, and the e2e test runs with it', () => {
  const block = blocks.find(({ label }) => label === 'clusters/attic/patches/mimir/kustomization.yaml');
  const patches = (yaml: string) =>
    (parseYaml(yaml) as { readonly patches: readonly { readonly patch: string }[] }).patches.map(({ patch }) => patch);
  const [own] = patches(block?.lines.join('\n') ?? '');
  const fixture = 'tools/fixtures/e2e/restore/clusters/e2e-restore/patches/mimir/kustomization.yaml';
  expect(parseYaml(own ?? '')).toEqual(parseYaml(patches(read(fixture))[0] ?? ''));
  const proven = read('libs/resources/src/mimir/rebuild.program.test.ts');
  const values = (parseYaml(own ?? '') as readonly { readonly value: string }[]).map(({ value }) => value);
  expect(values).toHaveLength(2);
  for (const value of values) expect(proven).toContain(`'${value}'`);
});

test('names what the plans have', () => {
  const prose = proseOf(PAGE);
  const { database } = plan.grafana ?? {};
  expect(database).toMatchObject({ kind: 'sqlite', backup: { keepSeconds: 14 * 86_400, snapshotSeconds: 86_400 } });
  expect(prose).toContain('Any moment of the last 14 days');
  for (const bucket of Object.values<string>({ ...plan.buckets }))
    expect(prose).toMatch(new RegExp(`\`(?:<prefix>)?-${bucket.replace('acme-attic-', '')}\``));
  const roles = plans.flatMap(({ components }) =>
    components.flatMap(({ workloads: own }) => own.map(({ name }) => name)),
  );
  for (const role of ['mimir-querier', 'mimir-ruler', 'mimir-store-gateway', 'mimir-ingester'])
    expect(roles).toContain(role);
});

test('names tests that there are', () => {
  const [, section = ''] = text.split('## What shows it\n');
  const named = [...section.matchAll(/`((?:libs|tools)\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThanOrEqual(6);
  for (const path of named) expect(existsSync(join(root, path)), path).toBe(true);
});
