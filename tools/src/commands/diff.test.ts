import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKustomize, renderAll } from '@lgtm-fleet/render';
import { readManifests } from '@lgtm-fleet/manifests';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCheckout } from '../revisions/folders.ts';
import { fingerprint, makeCheckout, removeCheckout, writeAt } from '../testing/checkout.ts';
import { runCli } from '../testing/cli.ts';
import { checkout } from '../testing/rendered.ts';

/** The command in a repository of its own, with the real git and the real Kustomize. */

const LOKI = `
auth_enabled: true
limits_config: { retention_period: 720h }
compactor: { retention_enabled: true }
storage_config: { object_store: { s3: { bucket_name: example-loki } } }
`;
const statefulSet = (replicas: number) => `
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: loki
  namespace: observability
  labels: { app.kubernetes.io/name: loki, app.kubernetes.io/component: ingester }
spec:
  replicas: ${String(replicas)}
  serviceName: loki
  selector: { matchLabels: { app: loki } }
  template:
    metadata: { labels: { app: loki } }
    spec:
      containers: [{ name: loki, image: 'grafana/loki:3.7.8' }]
      volumes: [{ name: config, configMap: { name: loki-config } }]
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: 1Gi } } } }]
`;
const cluster = (name: string): Readonly<Record<string, string>> => ({
  [`clusters/${name}/cluster.yaml`]: `apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata: { name: ${name}, labels: { environment: production } }\nspec: {}\n`,
  [`clusters/${name}/kustomization.yaml`]: 'resources: [applications/loki.yaml]\n',
  [`clusters/${name}/applications/loki.yaml`]: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}-loki, namespace: argocd }\nspec: { project: ${name}, source: { path: overlays/${name}/loki } }\n`,
  [`overlays/${name}/loki/kustomization.yaml`]: `namespace: observability\nresources: [../../../base/loki]\nconfigMapGenerator:\n  - name: loki-config\n    files: [loki.yaml]\n    options: { labels: { app.kubernetes.io/name: loki } }\n`,
  [`overlays/${name}/loki/loki.yaml`]: LOKI,
});
const files: Readonly<Record<string, string>> = {
  'base/loki/kustomization.yaml': 'resources: [stateful-set.yaml]\n',
  'base/loki/stateful-set.yaml': statefulSet(3),
  ...cluster('one'),
  ...cluster('two'),
};

let root = '';
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const commit = (): void => {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
};
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli(['diff', '--root', root, ...args], { cwd: tmpdir(), env, killAfterMs: 60_000 });
const shorten = (name = 'one'): void => {
  writeAt(root, `overlays/${name}/loki/loki.yaml`, LOKI.replace('720h', '24h'));
};

beforeEach(() => {
  root = makeCheckout(files);
  git('init', '--quiet', '--initial-branch=main', '.');
  commit();
});
afterEach(() => {
  removeCheckout(root);
});

describe('the working tree against a revision', () => {
  test('is nothing where it is the same', async () => {
    expect(await run(['--base', 'HEAD'])).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing changes on any cluster\n',
      stderr: '',
    });
  });

  test('is refused where it shortens a retention, with what that deletes', async () => {
    shorten();
    const { exitCode, stdout } = await run(['--base', 'main']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error[retention-shortened]: Loki keeps logs for 1d instead of 30d');
    expect(stdout).toContain('deletes 29 days of logs: everything older than 1 day. It goes from bucket example-loki');
    expect(stdout).toContain('1 of 2 clusters (production)');
  });

  test('passes when the text of the pull request approves that, from a file or from the environment', async () => {
    shorten();
    const line = 'lgtm-fleet: approve retention-shortened one/loki because nobody reads them';
    const file = join(root, '..', `${root.split('/').at(-1) ?? ''}-body.md`);
    writeFileSync(file, `Shorter logs.\r\n\r\n${line}\r\n`);
    try {
      expect((await run(['--base', 'main', '--approvals', file])).exitCode).toBe(0);
      expect((await run(['--base', 'main'], { LGTM_FLEET_APPROVALS: line })).exitCode).toBe(0);
      expect((await run(['--base', 'main'], { LGTM_FLEET_APPROVALS: line.replace('one/', 'two/') })).exitCode).toBe(1);
    } finally {
      rmSync(file);
    }
  });

  test('is asked of one cluster alone', async () => {
    shorten();
    expect((await run(['--base', 'main', '--cluster', 'two'])).exitCode).toBe(0);
    expect((await run(['--base', 'main', '--cluster', 'one'])).exitCode).toBe(1);
  });

  test('sees what is not committed, not even added', async () => {
    for (const [path, text] of Object.entries(cluster('three'))) writeAt(root, path, text);
    const { stdout } = await run(['--base', 'main', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      blast: { all: 3, clusters: [{ name: 'three', state: 'new', added: 3 }] },
    });
  });
});

describe('two revisions', () => {
  test('are compared whatever lies in the working tree, and nothing of the repository is touched', async () => {
    git('switch', '--quiet', '--create', 'change');
    shorten();
    commit();
    git('switch', '--quiet', 'main');
    writeAt(root, 'base/loki/stateful-set.yaml', 'not: [yaml');
    const before = fingerprint(root);
    const TMPDIR = mkdtempSync(join(tmpdir(), 'lgtm-fleet-left-'));
    const { exitCode, stdout } = await run(['--base', 'main', '--head', 'change', '--format', 'markdown'], { TMPDIR });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^<!-- lgtm-fleet: diff -->\n## ⛔ Data is at risk/);
    expect(fingerprint(root)).toEqual(before);
    expect(readdirSync(TMPDIR)).toEqual([]);
    rmSync(TMPDIR, { recursive: true });
  });

  test('are read below the top of a larger repository too', async () => {
    const outer = mkdtempSync(join(tmpdir(), 'lgtm-outer-'));
    rmSync(join(root, '.git'), { recursive: true });
    cpSync(root, join(outer, 'fleet'), { recursive: true });
    removeCheckout(root);
    root = join(outer, 'fleet');
    execFileSync('git', ['init', '--quiet', outer]);
    commit();
    shorten();
    expect((await run(['--base', 'HEAD'])).exitCode).toBe(1);
    removeCheckout(outer);
    root = makeCheckout();
  });

  test('that remove a cluster, or a base that all read, say so', async () => {
    rmSync(join(root, 'clusters/two'), { recursive: true });
    rmSync(join(root, 'overlays/two'), { recursive: true });
    const removed = await run(['--base', 'main']);
    expect(removed.exitCode).toBe(1);
    expect(removed.stdout).toContain('error[cluster-removed]: two leaves the repository with 3 objects');
    git('checkout', '--quiet', '.');
    writeAt(root, 'base/loki/stateful-set.yaml', statefulSet(2));
    const { stdout } = await run(['--base', 'main']);
    expect(stdout.match(/error\[stateful-scaled-down\]/g)).toHaveLength(2);
  });

  test('are compared although the old cluster file is none that is understood today', async () => {
    writeAt(root, 'clusters/one/cluster.yaml', 'apiVersion: lgtm-fleet/v0\nspec: [');
    commit();
    writeAt(root, 'clusters/one/cluster.yaml', files['clusters/one/cluster.yaml'] ?? '');
    shorten();
    expect((await run(['--base', 'HEAD'])).exitCode).toBe(1);
  });
});

test('only what differs is rendered', async () => {
  const found = await findKustomize(process.env);
  if (!found.ok) throw new Error(found.error.message);
  const folder = mkdtempSync(join(tmpdir(), 'lgtm-kustomize-'));
  const log = join(folder, 'log');
  const wrapper = join(folder, 'kustomize');
  const { command, args } = found.kustomize;
  writeFileSync(wrapper, `#!/bin/sh\necho "$@" >> ${log}\nshift\nexec ${command} ${args.join(' ')} "$@"\n`);
  chmodSync(wrapper, 0o755);
  shorten();
  expect((await run(['--base', 'HEAD'], { KUSTOMIZE: wrapper })).exitCode).toBe(1);
  const built = readFileSync(log, 'utf8').trim().split('\n');
  expect(built.map((line) => line.split('/').slice(-3).join('/'))).toEqual(['overlays/one/loki', 'overlays/one/loki']);
  rmSync(folder, { recursive: true });
});

describe('ends with 2 and says why', () => {
  const complaint = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { exitCode, stdout, stderr } = await run(args, env);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toMatch(/^ +at /m);
    return stderr;
  };

  test.each([
    ['nobody', "there is no revision 'nobody' in this repository"],
    ['HEAD:base', "there is no revision 'HEAD:base'"],
    ['--output=/tmp/pwned', "'--output=/tmp/pwned' cannot be a revision"],
    ['-h', "'-h' cannot be a revision"],
    ['a b', "'a b' cannot be a revision"],
    ['', "'' cannot be a revision"],
    ['x'.repeat(300), 'cannot be a revision'],
    ['$(touch /tmp/pwned)', 'cannot be a revision'],
    ['main;touch', "there is no revision 'main;touch'"],
  ])('of a revision called %s', async (revision, message) => {
    expect(await complaint([`--base=${revision}`])).toContain(message);
    expect(existsSync('/tmp/pwned')).toBe(false);
  });

  test('of a base that is not named', async () => {
    expect(await complaint([])).toContain("required option '--base <revision>'");
  });

  test('of a folder that is in no repository', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    expect(await complaint(['--base', 'main'])).toContain('is in no git repository');
  });

  test('of a machine without git', async () => {
    const found = await findKustomize(process.env);
    const KUSTOMIZE = found.ok ? found.kustomize.command : '';
    expect(await complaint(['--base', 'main'], { PATH: '/nonexistent', KUSTOMIZE })).toContain(
      'there is no git on PATH',
    );
  });

  test.each([
    [['--format', 'xml'], "there is no format 'xml'"],
    [['--format', 'constructor'], "there is no format 'constructor'"],
    [['--cluster', 'three'], "there is no cluster 'three' in either revision"],
    [['--approvals', '/nonexistent'], 'there is no file /nonexistent'],
    [['--approvals', '/tmp'], 'there is no file /tmp'],
  ])('of %j', async (args, message) => {
    expect(await complaint(['--base', 'main', ...args])).toContain(message);
  });

  test('of a folder that Kustomize cannot build, on either side', async () => {
    writeAt(root, 'base/loki/stateful-set.yaml', 'a: [');
    expect(await complaint(['--base', 'main'])).toMatch(
      /2 of 4 folders cannot be compared\nin the head: error\[kustomize-failed\]/,
    );
    commit();
    git('checkout', '--quiet', 'HEAD~1', '--', '.');
    expect(await complaint(['--base', 'main'])).toContain('compare with the last revision that builds');
  });

  test('of a kustomization that leads out of the checkout', async () => {
    rmSync(join(root, 'overlays/one/loki/loki.yaml'));
    symlinkSync('/etc/passwd', join(root, 'overlays/one/loki/loki.yaml'));
    const said = await complaint(['--base', 'main']);
    expect(said).not.toContain('root:');
  });
});

describe('the examples', () => {
  let copy = '';
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'lgtm-fleet-examples-'));
    for (const path of ['base', 'clusters', 'overlays', 'package.json'])
      cpSync(join(checkout(), path), join(copy, path), { recursive: true });
  });
  afterAll(() => {
    rmSync(copy, { recursive: true });
  });

  test('have as many objects as are counted without rendering them', async () => {
    const found = await findKustomize(process.env);
    if (!found.ok) throw new Error(found.error.message);
    const opened = openCheckout(copy);
    const folders = opened.clusters.flatMap(opened.foldersOf);
    const rendered = await renderAll(
      found.kustomize,
      folders.map((folder) => join(copy, folder)),
      2,
    );
    const counted = folders.map((folder) => [folder, opened.countOf(folder)]);
    const real = folders.map((folder, index) => {
      const result = rendered[index];
      return [folder, result?.ok === true ? readManifests(result.manifests, folder).manifests.length : -1];
    });
    expect(counted).toEqual(real);
  }, 120_000);

  const repository = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: copy, stdio: 'pipe' });
  };
  const edit = async (cluster: string, change: (spec: string) => string): Promise<void> => {
    const spec = join(copy, `clusters/${cluster}/cluster.yaml`);
    writeFileSync(spec, change(readFileSync(spec, 'utf8')));
    expect((await runCli(['generate-overlay', '--root', copy, '--cluster', cluster])).exitCode).toBe(0);
  };
  const compared = async (format: string) => {
    const ended = await runCli(['diff', '--root', copy, '--base', 'main', '--format', format], { killAfterMs: 60_000 });
    expect(ended.exitCode).toBe(1);
    return ended.stdout;
  };
  beforeAll(async () => {
    // What is committed may lag behind the generator; the change alone is to be compared.
    expect((await runCli(['generate-overlay', '--root', copy], { killAfterMs: 60_000 })).exitCode).toBe(0);
    repository('init', '--quiet', '--initial-branch=main', '.');
    repository('add', '--all');
    repository('commit', '--quiet', '--message', 'x');
  });
  afterEach(() => {
    repository('checkout', '--quiet', '.');
  });

  test('that keep everything for a day say so of every store, in every mode', async () => {
    const hubs = openCheckout(copy).clusters.filter((name) => name !== 'prod-eu-shop');
    for (const name of hubs)
      await edit(name, (spec) => {
        const lines = spec.split('\n').filter((line) => !line.startsWith('  retention:'));
        return lines.join('\n').replace(/^spec:$/m, 'spec:\n  retention: { metrics: 1d, logs: 1d, traces: 1d }');
      });
    const { dangers } = JSON.parse(await compared('json')) as { dangers: { class: string; address: string }[] };
    const shortened = dangers.filter((danger) => danger.class === 'retention-shortened').map(({ address }) => address);
    expect(hubs.length).toBeGreaterThan(2);
    for (const name of hubs)
      expect(
        shortened.filter((address) => address.startsWith(`${name}/`) && address.split('/').length === 2),
      ).toHaveLength(3);
  }, 120_000);

  test('of prod-eu with metrics of 30 days and fewer series say what would be lost', async () => {
    await edit('prod-eu', (spec) =>
      spec
        .replace('metrics: 395d', 'metrics: 30d')
        .replace('activeSeries: 3M', 'activeSeries: 1.6M')
        // Less load, less for the tenant that has a limit of its own.
        .replace('activeSeries: 1.5M', 'activeSeries: 900k'),
    );
    const comment = await compared('markdown');
    expect(comment).toContain('## ⛔ Data is at risk: nobody approved 2 dangers to data');
    expect(comment).toContain('**What it touches:** 1 of 4 clusters (`production`)');
    expect(comment).toContain(
      'deletes 12 months of metrics of `platform`, `anonymous`, `payments` and `self-monitoring`: everything older than 30 days. It goes from bucket `example-prod-eu-mimir-blocks`',
    );
    expect(comment).toContain('`mimir/ingester` goes from 9 to 6 pods');
    expect(comment).toContain('lgtm-fleet: approve retention-shortened prod-eu/mimir because');
  }, 120_000);
});
