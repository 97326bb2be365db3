import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { json, kubeconfig, serve, status, type TestServer } from './testing/api-server.ts';
import { makeCheckout, removeCheckout } from './testing/checkout.ts';
import { runCli, type Ended } from './testing/cli.ts';

// Everything that can go wrong before a cluster is changed, said by the real command line.

let root = '';
let server: TestServer | undefined;
beforeAll(() => {
  root = makeCheckout({
    'clusters/lab/cluster.yaml': 'apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata:\n  name: lab\n',
    'argocd/install.yaml': [
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: argocd-application-controller\nspec:\n  template:\n    spec:\n      containers:\n        - name: c\n          image: quay.io/argoproj/argocd:v3.6.1\n',
      ...['argocd-dex-server', 'argocd-notifications-controller'].map(
        (name) => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec: {}\n`,
      ),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-cm\n',
    ].join('---\n'),
    'clusters/lab/root.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: lab\nspec: {}\n',
    'clusters/lab/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - loki.yaml\n',
    'clusters/lab/loki.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: lab-loki\nspec: {}\n',
    'overlays/lab/namespaces/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - namespace.yaml\n',
    'overlays/lab/namespaces/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: observability\n',
  });
});
afterAll(() => {
  removeCheckout(root);
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function bootstrap(config: string | undefined, ...more: readonly string[]): Promise<Ended> {
  const path = join(root, 'kubeconfig');
  if (config === undefined) rmSync(path, { force: true });
  else writeFileSync(path, config);
  const manifests = join(root, 'argocd/install.yaml');
  return await runCli(['bootstrap', '--cluster=lab', `--root=${root}`, `--argocd-manifests=${manifests}`, ...more], {
    env: { KUBECONFIG: path, HOME: root },
  });
}

describe('no way to the cluster', () => {
  test.each([
    ['no kubeconfig', undefined, [], /there is no cluster to talk to/],
    ['a broken kubeconfig', '{ not: [yaml', [], /is not a kubeconfig/],
    ['an empty kubeconfig', '{}', [], /no current context/],
    [
      'a misspelt context',
      kubeconfig('http://127.0.0.1:1', 'production'),
      ['--context=prodution'],
      /did you mean 'production'/,
    ],
    ['an unknown context', kubeconfig('http://127.0.0.1:1', 'production'), ['--context=x'], /there is production/],
    ['nothing listens', kubeconfig('http://127.0.0.1:1'), [], /nothing listens there/],
  ])('%s', async (_, config, flags, words) => {
    const { exitCode, stderr } = await bootstrap(config, ...flags);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(1);
  });
});

describe('the server says no', () => {
  test.each([
    ['who are you', status(401, 'Unauthorized', 'Unauthorized'), /does not know you/],
    ['you may not', status(403, 'Forbidden', 'version is forbidden'), /forbids it: version is forbidden/],
  ])('%s', async (_, answer, words) => {
    server = await serve({ 'GET /version': [answer] });
    const { exitCode, stderr } = await bootstrap(kubeconfig(server.url));
    expect(stderr).toMatch(words);
    expect(exitCode).toBe(1);
  });
});

describe('what was given is wrong', () => {
  test.each([
    ['a value on the command line', ['--secret=grafana-oidc/client-secret=hunter2'], 2],
    ['a missing file', ['--secret=grafana-oidc/client-secret=@nowhere'], 2],
    ['a duration that is none', ['--timeout=soon'], 2],
    ['manifests that are not there', ['--argocd-manifests=nowhere'], 2],
    ['manifests of another version', ['--argocd-manifests=ROOT/other.yaml'], 1],
  ])('%s', async (_, flags, code) => {
    writeFileSync(join(root, 'other.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-cm\n');
    const { exitCode, stderr } = await bootstrap(
      kubeconfig('http://127.0.0.1:1'),
      ...flags.map((flag) => flag.replace('ROOT', root)),
    );
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('hunter2');
    expect(exitCode).toBe(code);
  });
});

test('everything in the way is said at once, and nothing is changed', async () => {
  const list = (resources: readonly (readonly [string, string, boolean])[]) =>
    json({ resources: resources.map(([name, kind, namespaced]) => ({ name, kind, namespaced })) });
  const access = json({ status: { allowed: true } });
  server = await serve({
    'GET /version': [json({ gitVersion: 'v1.28.3' })],
    'GET /apis/storage.k8s.io/v1/storageclasses': [json({ items: [] })],
    'GET /apis/storage.k8s.io/v1': [list([['storageclasses', 'StorageClass', false]])],
    'GET /api/v1/namespaces/monitoring': [json({ metadata: { name: 'monitoring', labels: {} } })],
    'GET /api/v1/nodes': [json({ items: [] })],
    'GET /api/v1/pods': [json({ items: [] })],
    'GET /api/v1': [
      list([
        ['namespaces', 'Namespace', false],
        ['nodes', 'Node', false],
        ['pods', 'Pod', true],
        ['secrets', 'Secret', true],
      ]),
    ],
    'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews': [access],
  });
  const { exitCode, stderr, stdout } = await bootstrap(kubeconfig(server.url));
  for (const id of ['old-kubernetes', 'foreign-namespace', 'no-default-storage-class', 'no-node'])
    expect(stderr).toContain(`error[${id}]`);
  expect(stderr).toContain('4 things in the way; nothing was changed');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('lab on http://127.0.0.1');
  expect(server.asked.filter((one) => !one.startsWith('GET') && !one.includes('accessreviews'))).toEqual([]);
});
