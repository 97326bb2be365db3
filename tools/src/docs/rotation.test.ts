import { planSecretChanges } from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPassword, newSalt } from '../kubernetes/secrets.ts';
import { kubeconfig } from '../testing/api-server.ts';
import { writeAt } from '../testing/checkout.ts';
import { runCli } from '../testing/cli.ts';
import { startToyCluster, type ToyCluster } from '../testing/toy-cluster.ts';
import { secretOf, signInObjects, startToyGateway, type ToyGateway } from '../testing/toy-gateway.ts';
import { loadFleet } from '../workspace/clusters.ts';
import { planOf } from '../workspace/tree.ts';
import { fencesOf, plans, proseOf, read, repository, root, sample, toolTargets } from './pages.ts';

/** The page of rotation: its commands are run in their order, on a cluster in memory. */

const PAGE = 'docs/rotation.md';
const fences = fencesOf(PAGE);
const file = fences.find(({ path }) => path === 'clusters/attic/cluster.yaml');

describe(`${PAGE}, in its order`, () => {
  let folder = '';
  let work = '';
  let plan: Plan | undefined;
  let toy: ToyCluster | undefined;
  let gateway: ToyGateway | undefined;
  const objects = () => toy?.objects() ?? [];
  const lists = () => secretOf(objects(), 'observability', 'gateway-credentials');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lgtm-rotation-'));
    work = join(folder, 'work');
    for (const name of ['base', 'overlays']) mkdirSync(join(work, name), { recursive: true });
    writeFileSync(join(work, 'package.json'), JSON.stringify({ repository: { url: repository } }));
    const planned = (text: string) => {
      writeAt(work, 'clusters/attic/cluster.yaml', text);
      const fleet = loadFleet(work).clusters.map(({ cluster }) => cluster);
      const [cluster] = fleet;
      if (cluster === undefined) throw new Error('the sample does not parse');
      return planOf({ cluster, fleet, repository });
    };
    const text = file?.text ?? '';
    // Somebody who is gone since was there when the Secrets were made.
    const before = planned(text.replace('writers: [', 'writers: [{ name: former }, '));
    plan = planned(text);
    gateway = await startToyGateway(lists);
    const { port } = gateway;
    toy = await startToyCluster({
      version: 'v1.36.3+k3s1',
      objects: signInObjects(before),
      sync: () => [],
      portOf: () => port,
    });
    writeFileSync(join(folder, 'kubeconfig'), kubeconfig(toy.url, 'default'));
  });
  afterAll(async () => {
    gateway?.close();
    await toy?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const commands = fences.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));
  test.each(commands)('%s', { timeout: 60_000 }, async (line) => {
    const [, target = '', rest = ''] = /^npx nx run tools:([a-z-]+) (.*)$/.exec(line) ?? [];
    if (target !== '') {
      const [, , ...own] = (toolTargets[target]?.command ?? '').split(' ');
      const env = { KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder };
      const ended = await runCli([...own, ...rest.split(' '), '--root', work], { env, killAfterMs: 50_000 });
      expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
      expect(ended.stdout.includes('nothing was changed')).toBe(line.includes('--dry-run'));
    } else if (line.startsWith('kubectl ')) await kubectl(line);
    else {
      const env = { ...process.env, HOME: folder };
      expect(line).toMatch(/^(?:openssl|printf) /);
      execFileSync('/bin/sh', ['-c', line], { cwd: work, env, stdio: ['ignore', 'ignore', 'ignore'] });
    }
  });

  /** What a command asks of the cluster, as far as this page asks it. */
  async function kubectl(line: string): Promise<void> {
    const [, namespace = ''] = /--namespace=(\S+)/.exec(line) ?? [];
    const [, name, key] = /get secret (\S+) .*\{\{\.data\.(\w+) \| base64decode\}\}/.exec(line) ?? [];
    if (name !== undefined && key !== undefined) {
      expect(secretOf(objects(), namespace, name)[key], line).toMatch(/^[A-Za-z0-9]{40}$/);
      return;
    }
    const [, patched, patch] = /patch secret (\S+) --type=merge --patch='(.*)'$/.exec(line) ?? [];
    if (patched !== undefined && patch !== undefined) {
      await takenOut(namespace, patched, patch);
      return;
    }
    const [, label = '', value] = /logs --selector=([^=]+)=(\S+) /.exec(line) ?? [];
    if (value !== undefined) {
      expect(objects().some(({ kind, metadata }) => kind === 'Pod' && metadata.labels?.[label] === value)).toBe(true);
      return;
    }
    const [, external] = /annotate externalsecret (\S+) force-sync=\d+ --overwrite$/.exec(line) ?? [];
    const from = plans.filter(({ role, secretSource }) => role === 'hub' && secretSource.kind === 'external-secrets');
    expect(from.length).toBeGreaterThan(0);
    for (const { secrets } of from)
      expect(secrets.map((one) => `${one.namespace}/${one.name}`)).toContain(`${namespace}/${external ?? line}`);
  }

  /** Keys of a Secret that there is, which bootstrap then makes anew. */
  async function takenOut(namespace: string, name: string, patch: string): Promise<void> {
    const { data } = JSON.parse(patch) as { readonly data: Readonly<Record<string, null>> };
    const keys = Object.keys(data);
    expect(secretOf(objects(), namespace, name)).toMatchObject(
      Object.fromEntries(keys.map((key) => [key, expect.any(String) as string])),
    );
    await fetch(`${toy?.url ?? ''}/api/v1/namespaces/${namespace}/secrets/${name}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: patch,
    });
    if (plan === undefined) throw new Error('there is no plan');
    const present = new Map(
      plan.secrets.map((one) => [`${one.namespace}/${one.name}`, secretOf(objects(), one.namespace, one.name)]),
    );
    const { changes } = planSecretChanges(plan, { present, given: new Map(), password: newPassword, salt: newSalt });
    const made = changes.find((one) => one.namespace === namespace && one.name === name);
    expect(Object.keys(made?.values ?? {})).toEqual(keys);
  }

  test('leaves one credential of each, and nothing of who is gone', () => {
    expect(Object.keys(lists()).toSorted()).toEqual(['htpasswd', 'tokens']);
    expect(lists()['htpasswd']).toMatch(/^main:\{SSHA\}\S+\n$/);
    expect(Object.keys(secretOf(objects(), 'observability', 'writer-credentials'))).toEqual(['courier']);
  });
});

test('names every finding, and no other', () => {
  const sources = ['rotation.ts', 'finish.ts', 'revocation.ts'].map((name) => `libs/bootstrap/src/rotation/${name}`);
  const made = sources.flatMap((path) =>
    [...read(path).matchAll(/\b(?:error|note)\(\s*'([a-z-]+)'/g)].map(([, id = '']) => id),
  );
  const [, section = ''] = proseOf(PAGE).split('### When it stops\n');
  const cells = [...(section.split(/^##/m)[0] ?? '').matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id).filter((id) => !id.includes('…')),
  );
  expect(cells.toSorted()).toEqual([...new Set(made)].toSorted());
});

test('names workloads that there are, where it restarts any', () => {
  const all = plans.flatMap(({ components }) =>
    components.flatMap(({ namespace, workloads }) =>
      workloads.map(({ kind, name }) => `${namespace} ${kind.toLowerCase()}/${name}`),
    ),
  );
  const own = sample(
    'kubernetes: { nodes: 3 }, objectStorage: { seaweedfs: { size: 10GB } }, metrics: { store: mimir }, selfMonitoring: {}',
  );
  const more = planOf({ cluster: own, fleet: [], repository }).components.flatMap(({ namespace, workloads }) =>
    workloads.map(({ kind, name }) => `${namespace} ${kind.toLowerCase()}/${name}`),
  );
  const named = [...read(PAGE).matchAll(/--namespace=(\S+) rollout restart ([^`]+)`/g)].flatMap(
    ([, namespace = '', what = '']) => what.split(' ').map((one) => `${namespace} ${one}`),
  );
  expect(named.length).toBeGreaterThan(4);
  for (const one of named) expect([...all, ...more]).toContain(one);
});

test('names tests that there are', () => {
  const [, section = ''] = read(PAGE).split('## What shows it\n');
  const named = [...section.matchAll(/`((?:libs|tools)\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThanOrEqual(4);
  for (const path of named) expect(readdirSync(join(root, path, '..'))).toContain(path.split('/').at(-1));
  const [, title = ''] = /«([^»]+)»/.exec(section) ?? [];
  expect(read('tools/src/e2e/scenarios/outside.ts')).toContain(`'${title}'`);
});
