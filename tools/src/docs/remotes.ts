import { ARGOCD_NAMESPACE, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { releases } from '@lgtm-fleet/releases';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { writeAt } from '../testing/checkout.ts';
import type { Source } from '../testing/toy-cluster.ts';
import { root } from './pages.ts';

/** What of this checkout a clone of it must have for the commands of the guide. */
const CONTENTS = ['package.json', 'base', 'clusters', 'overlays', 'schemas/cluster.schema.json'] as const;

const { tag } = releases['argo-cd'];
const ARGOCD = [
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: argocd-application-controller\n  labels: { app.kubernetes.io/name: argocd-application-controller }\nspec:\n  template:\n    spec:\n      containers:\n        - name: controller\n          image: quay.io/argoproj/argocd:${tag}\n`,
  ...['argocd-redis', 'argocd-repo-server', 'argocd-dex-server', 'argocd-notifications-controller'].map(
    (name) => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec: {}\n`,
  ),
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-cm\n',
].join('---\n');

const FOLDER = 'manifests/cluster-install';

/** Git's own way to send every https address to folders of this machine. */
export function redirected(remotes: string): Readonly<Record<string, string>> {
  return {
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: `url.file://${remotes}/.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://',
    GIT_CONFIG_KEY_1: 'user.name',
    GIT_CONFIG_VALUE_1: 'Reader',
    GIT_CONFIG_KEY_2: 'user.email',
    GIT_CONFIG_VALUE_2: 'reader@example.com',
    GIT_CONFIG_NOSYSTEM: '1',
  };
}

/** The repositories of which the guide speaks, on this disk: those to clone with something in them, the others empty. */
export function makeRemotes(remotes: string): void {
  const start = (url: string): string => {
    const bare = join(remotes, url);
    git('init', '--quiet', '--bare', '--initial-branch=main', bare);
    return bare;
  };
  const filled = (url: string, branch: string, fill: (folder: string) => void): void => {
    const folder = join(remotes, 'work', url);
    mkdirSync(folder, { recursive: true });
    fill(folder);
    git('-C', folder, 'init', '--quiet', '--initial-branch=main');
    git('-C', folder, 'add', '--all', '--force');
    git('-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '--message=start');
    git('-C', folder, 'push', '--quiet', start(url), `HEAD:refs/${branch}`);
  };
  filled('github.com/lgtm-fleet/lgtm-fleet.git', 'heads/main', (folder) => {
    for (const path of CONTENTS) cpSync(join(root, path), join(folder, path), { recursive: true });
  });
  for (const name of ['argoproj/argo-cd', 'prometheus-operator/prometheus-operator'])
    filled(`github.com/${name}.git`, `tags/${tag}`, (folder) => {
      writeAt(folder, `${FOLDER}/install.yaml`, ARGOCD);
      writeAt(folder, `${FOLDER}/kustomization.yaml`, 'resources: [install.yaml]\n');
    });
  for (const url of [
    'github.com/you/fleet.git',
    'git.example.com/argo-cd.git',
    'git.example.com/prometheus-operator.git',
  ])
    start(url);
}

/** Where bootstrap finds Argo CD without the internet. */
export function argocdManifests(remotes: string): string {
  return join(remotes, 'work/github.com/argoproj/argo-cd.git', FOLDER);
}

/** The Applications that Argo CD would find: what was committed and pushed, and nothing else. */
export function committed(remotes: string): (source: Source) => readonly ClusterObject[] {
  return ({ repoURL, targetRevision, path }) => {
    const bare = repoURL.replace('https://', `${remotes}/`);
    const listed = git('-C', bare, 'ls-tree', '--name-only', targetRevision, `${path}/applications/`);
    return (
      listed
        .split('\n')
        .filter((file) => file !== '')
        .flatMap((file) => parseAllDocuments(git('-C', bare, 'show', `${targetRevision}:${file}`)))
        .map((document) => document.toJS() as ClusterObject)
        // As the kustomization of the folder does.
        .map((object) => ({ ...object, metadata: { ...object.metadata, namespace: ARGOCD_NAMESPACE } }))
    );
  };
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
