import { PATIENCE } from '@lgtm-fleet/bootstrap';
import { releases } from '@lgtm-fleet/releases';
import { parse } from '@lgtm-fleet/spec';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planOf } from '../workspace/tree.ts';
import { fencesOf, proseOf, read, repository, root } from './pages.ts';
import { found, object, startWalk, type Walk } from './walk.ts';
import { linesOf, stepsOf, workflow } from './workflows.ts';

/** The second part of the guide: a reader does all of it, from the first line to the last. */

const PAGE = 'docs/2-bootstrap.md';
const fences = fencesOf(PAGE);
const E2E = workflow('.github/workflows/e2e.yaml');
const onRealClusters = [...linesOf(stepsOf(E2E)), ...read('.ci/run').split('\n')];

describe(`${PAGE}, in its order`, () => {
  let walk: Walk | undefined;
  beforeAll(async () => {
    walk = await startWalk({
      'kind-laptop': found('v1.37.0', 'standard'),
      default: found('v1.36.3+k3s1', 'local-path'),
      shop: found(
        'v1.36.2',
        'gp3',
        object('gateway.networking.k8s.io/v1', 'Gateway', 'public', { metadata: { namespace: 'gateways' } }),
        object('external-secrets.io/v1', 'ClusterSecretStore', 'aws-secrets-manager'),
      ),
    });
  }, 60_000);
  afterAll(async () => {
    await walk?.close();
  });

  interface Act {
    readonly what: string;
    /** What the reader writes into a file; a command where there is none. */
    readonly edit?: { readonly path: string; readonly text: string };
  }
  const acts = fences.flatMap(({ language, path, text }): readonly Act[] =>
    language === 'sh'
      ? text
          .trim()
          .split('\n')
          .map((what) => ({ what }))
      : [{ what: `${language} ${path}`, edit: { path, text } }],
  );
  test.each(acts)('$what', { timeout: 120_000 }, async ({ what, edit }) => {
    if (walk === undefined) throw new Error('the walk did not start');
    if (edit !== undefined) {
      expect(edit.path, 'a block that is no command says which file it is').toMatch(/^clusters\//);
      walk.write(edit.path, edit.text);
      return;
    }
    const said = await walk.run(what);
    if (said === undefined) {
      expect(onRealClusters, 'what cannot run here is run by the workflow, letter by letter').toContain(what);
      return;
    }
    expect(said, what).toMatchObject({ exitCode: 0 });
    if (!what.includes('tools:bootstrap')) return;
    const expected = what.includes('--dry-run')
      ? /nothing was changed/
      : what.includes('--no-wait')
        ? /all of it was there: nothing was changed/
        : /(\d+) of \1 Applications Synced and Healthy/;
    expect(said.stdout).toMatch(expected);
    expect(said.stderr).not.toMatch(/^(error|warning)/m);
  });

  test('leaves namespaces that Argo CD knows as its own, so that it may prune them', () => {
    const tracking = (walk?.cluster('default')?.objects() ?? [])
      .filter(({ kind, metadata }) => kind === 'Namespace' && metadata.name !== 'argocd')
      .map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/tracking-id']);
    const names = ['monitoring', 'observability', 'sample'];
    expect(tracking.toSorted()).toEqual(names.map((name) => `attic-namespaces:/Namespace:observability/${name}`));
  });

  test('ends with nothing of the laptop left, and with all of the others', () => {
    const left = (context: string) =>
      walk
        ?.cluster(context)
        ?.objects()
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(left('kind-laptop')).toEqual(['Node node', 'StorageClass standard']);
    expect(left('default')).toContain('Application attic-sample');
    expect(left('shop')).toContain('Application shop-mimir');
    // They come from the store.
    expect(left('shop')).not.toContain('Secret grafana-admin');
  });
});

test('every cluster of the guide is bootstrapped, and looked at before where it costs money', () => {
  const commands = fences.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n'));
  for (const of of ['laptop', 'attic', 'shop'])
    expect(commands.some((line) => line.startsWith(`npx nx run tools:bootstrap --cluster=${of} `))).toBe(true);
});

test('names the pinned Argo CD', () => {
  const tags = [...read(PAGE).matchAll(/--branch=(\S+) https:\/\/github.com\/argoproj/g)].map(([, tag]) => tag);
  expect(tags).toEqual([releases['argo-cd'].tag]);
});

test('names the image of the sample that clusters run', () => {
  const images = new Set([...read(PAGE).matchAll(/ghcr\.io\/\S+/g)].map(([image]) => image));
  expect([...images]).toEqual([`${releases.sample.image}:${releases.sample.tag}`]);
});

test('names the Secrets and buckets of its managed cluster, and what they hold', () => {
  const path = 'clusters/shop/cluster.yaml';
  const parsed = parse({ path, text: fences.find((fence) => fence.path === path)?.text ?? '' });
  if (!parsed.ok) throw new Error('the sample does not parse');
  const plan = planOf({ cluster: parsed.value.cluster, fleet: [], repository });
  const prose = proseOf(PAGE);
  for (const { remoteKey, keys } of plan.secrets)
    expect(prose).toMatch(new RegExp(`\\| \`${remoteKey}\` +\\| ${keys.map((key) => `\`${key}\``).join(', ')} +\\|`));
  for (const bucket of Object.values(plan.buckets)) expect(prose).toContain(`\`${bucket}\``);
  const requests = plan.components.flatMap(({ workloads }) =>
    workloads.map(({ kind, replicas, requests: one }) => ({
      ...one,
      pods: kind === 'Job' ? 0 : kind === 'DaemonSet' ? 4 : replicas,
    })),
  );
  const cpu = requests.reduce((sum, { milliCpu, pods }) => sum + milliCpu * pods, 0) / 1000;
  const memory = requests.reduce((sum, { memoryBytes, pods }) => sum + memoryBytes * pods, 0) / 2 ** 30;
  expect(prose).toContain(`${Math.round(cpu).toFixed()} CPUs and ${Math.round(memory).toFixed()} GiB`);
});

describe('what may stop it', () => {
  const sources = readdirSync(join(root, 'libs/bootstrap/src'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `libs/bootstrap/src/${file}`);
  const cellsOf = (heading: string): readonly string[] => {
    const section = proseOf(PAGE).split(`### ${heading}\n`)[1]?.split(/^##/m)[0] ?? '';
    return [...section.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code).filter((code) => !code.includes('…')),
    );
  };

  test('before anything is changed has a line for every finding, and no other', () => {
    const findings = sources
      .filter((file) => !file.endsWith('/explain.ts'))
      .flatMap((file) =>
        [...read(file).matchAll(/(?:\b(?:error|warning|note)\(\s*|^ +id: )'([a-z-]+)'/gm)].map(([, id = '']) => id),
      );
    expect(cellsOf('Before anything is changed').toSorted()).toEqual([...new Set(findings)].toSorted());
  });

  test('while it grows is in the words of the program', () => {
    const words = [...sources, 'tools/src/kubernetes/argocd.ts'].map(read).join('\n');
    const cells = cellsOf('While it grows');
    expect(cells.length).toBeGreaterThanOrEqual(Object.keys(PATIENCE).length);
    for (const cell of cells) expect(words).toContain(cell);
  });
});
