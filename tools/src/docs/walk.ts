import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { writeAt } from '../testing/checkout.ts';
import { runCli } from '../testing/cli.ts';
import { startToyCluster, type ToyCluster } from '../testing/toy-cluster.ts';
import { toolTargets } from './pages.ts';
import { argocdManifests, committed, makeRemotes, redirected } from './remotes.ts';

export interface Said {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A reader who does what a page says, on a machine with a shell, Git, npm, and clusters that are as simple as can be. */
export interface Walk {
  /** Runs a line as the reader would; undefined where it is none that can run here. */
  readonly run: (line: string) => Promise<Said | undefined>;
  /** The reader edits a file. */
  readonly write: (path: string, text: string) => void;
  readonly cluster: (context: string) => ToyCluster | undefined;
  readonly close: () => Promise<void>;
}

/** What is in a cluster before anybody comes. */
export interface Found {
  readonly version: string;
  readonly objects: readonly ClusterObject[];
}

export const object = (apiVersion: string, kind: string, name: string, more: object = {}): ClusterObject => ({
  apiVersion,
  kind,
  metadata: { name, ...('metadata' in more ? (more.metadata as object) : {}) },
  ...('status' in more ? { status: more.status } : {}),
});

const READY = {
  allocatable: { cpu: '16', memory: '64Gi' },
  conditions: [{ type: 'Ready', status: 'True' }],
};
const DEFAULT = { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } };

/** A node that is ready, a storage class that is the default, and more. */
export const found = (version: string, storageClass: string, ...more: readonly ClusterObject[]): Found => ({
  version,
  objects: [
    object('v1', 'Node', 'node', { status: READY }),
    object('storage.k8s.io/v1', 'StorageClass', storageClass, DEFAULT),
    ...more,
  ],
});

/** @param contexts clusters by their context in the kubeconfig */
export async function startWalk(contexts: Readonly<Record<string, Found>>): Promise<Walk> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lgtm-walk-')));
  const remotes = join(folder, 'remotes');
  let place = join(folder, 'work');
  mkdirSync(place);
  makeRemotes(remotes);
  const clusters = new Map<string, ToyCluster>();
  for (const [context, found] of Object.entries(contexts))
    clusters.set(context, await startToyCluster({ ...found, sync: committed(remotes) }));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigOf(clusters));
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, KUBECONFIG: kubeconfig, ...redirected(remotes) };

  const tool = (target: string, words: readonly string[]): Promise<Said> => {
    const [, , ...own] = (toolTargets[target]?.command ?? '').split(' ');
    const given = (flag: string) => words.some((word) => word.startsWith(flag));
    const here = [
      // The program is that of this checkout, the files are the reader's.
      ...(target === 'teardown' ? [] : ['--root', place]),
      // No download within a test.
      ...(target === 'bootstrap' && !given('--argocd-manifests')
        ? ['--argocd-manifests', argocdManifests(remotes)]
        : []),
      // Nobody is there to be asked.
      ...(target === 'teardown' && !given('--yes') ? ['--yes'] : []),
    ];
    return runCli([...own, ...words, ...here], { cwd: place, env, killAfterMs: 40_000 });
  };

  return {
    run: async (line) => {
      const [, to] = /^cd (\S+)$/.exec(line) ?? [];
      if (to !== undefined) {
        place = resolve(place, to);
        return { exitCode: 0, stdout: '', stderr: '' };
      }
      const [, target, words = ''] = /^npx nx run tools:([a-z0-9-]+)( .*)?$/.exec(line) ?? [];
      if (target !== undefined)
        return await tool(
          target,
          words.split(' ').filter((word) => word !== ''),
        );
      return /^(git|npm pkg|echo|openssl|printf) /.test(line) ? await shell(line, place, env) : undefined;
    },
    write: (path, text) => {
      writeAt(place, path, text);
    },
    cluster: (context) => clusters.get(context),
    close: async () => {
      await Promise.all([...clusters.values()].map((cluster) => cluster.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function shell(line: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Said> {
  const child = spawn('/bin/sh', ['-c', line], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (exitCode) => {
      done({ exitCode, stdout, stderr });
    });
  });
}

function kubeconfigOf(clusters: ReadonlyMap<string, ToyCluster>): string {
  const all = [...clusters].map(([name, { url }]) => ({ name, url }));
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: all.map(({ name, url }) => ({ name, cluster: { server: url } })),
    users: [{ name: 'reader', user: { token: 'not-a-secret' } }],
    contexts: all.map(({ name }) => ({ name, context: { cluster: name, user: 'reader' } })),
    'current-context': all[0]?.name,
  });
}
