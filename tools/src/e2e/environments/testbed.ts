import type { KubeConfig } from '@kubernetes/client-node';
import { releases } from '@lgtm-fleet/releases';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Cleanup } from '../cleanup.ts';
import type { Environment } from '../environment.ts';
import { imagesOf } from '../images.ts';
import { killProcesses } from '../kill.ts';
import { temporaryFolder } from '../outside/folders.ts';
import { unpackPackages } from '../outside/packages.ts';
import { mustRun, type ProgramOptions } from '../programs.ts';
import { commitAll, startRepository } from '../repository.ts';

/**
 * The testbed: a single-node Kubernetes on this machine without an image registry. Images are made from programs that
 * lie on the machine, and Argo CD's own manifests come from the Go module from which it was built.
 */
export async function testbed(program: string, config: KubeConfig, cleanup: Cleanup): Promise<Environment> {
  const work = mkdtempSync(join(tmpdir(), 'lgtm-fleet-testbed-'));
  cleanup.add(() => {
    rmSync(work, { recursive: true, force: true });
  });
  const bin = process.env['TESTBED_BIN'] ?? join(homedir(), '.cache/lgtm-testbed/bin');
  const network = outerNetwork();
  /** Outside the testbed's network: some of its parts are downloaded when they are first needed. */
  const outside = (command: string, args: readonly string[], options: ProgramOptions = {}): Promise<string> =>
    mustRun('nsenter', [`--net=${network}`, command, ...args], {
      timeoutSeconds: 900,
      ...options,
      env: { PATH: `${bin}:${join(bin, '../go/bin')}:${process.env['PATH'] ?? ''}`, ...options.env },
    });
  const module = async (folder: string, name: string): Promise<string> =>
    (
      await outside('go', ['list', '-m', '-f', '{{.Dir}}', name], { cwd: folder, env: { GOFLAGS: '-mod=readonly' } })
    ).trim();

  const publish: Environment['publish'] = async (checkout, name) =>
    (await mustRun(program, ['serve', checkout, name])).trim().split('\n').at(-1) ?? '';

  /** A repository of a third party, with what its Application reads, at the pinned tag. */
  const mirrored = async (
    release: 'argo-cd' | 'prometheus-operator-crds',
    source: string,
    folder: string,
  ): Promise<void> => {
    const { repository, tag } = releases[release];
    const name = basename(repository.url, '.git');
    const checkout = join(work, name);
    mkdirSync(join(checkout, dirname(folder)), { recursive: true });
    cpSync(join(source, folder), join(checkout, folder), { recursive: true });
    // Go keeps its modules read-only.
    await mustRun('chmod', ['-R', 'u+w', checkout]);
    await startRepository(checkout);
    await commitAll(checkout, `${name} ${tag}`);
    await mustRun('git', ['-C', checkout, 'tag', tag]);
    await publish(checkout, name);
  };

  await shareRoot(cleanup);
  const argocd = await module(join(dirname(program), 'modules/argo-cd'), 'github.com/argoproj/argo-cd/v3');
  await mirrored('argo-cd', argocd, 'manifests');
  const manifests = join(work, 'argo-cd.yaml');
  writeFileSync(manifests, await outside('kustomize', ['build', join(argocd, 'manifests/cluster-install')]));
  await outside(program, ['load', manifests]);
  const download = await outside(
    'go',
    [
      'mod',
      'download',
      '-json',
      `github.com/prometheus-operator/prometheus-operator@${releases['prometheus-operator-crds'].tag}`,
    ],
    { cwd: work },
  );
  await mirrored(
    'prometheus-operator-crds',
    (JSON.parse(download) as { readonly Dir: string }).Dir,
    releases['prometheus-operator-crds'].repository.path,
  );
  const sample = join(work, 'sample');
  await mustRun(process.execPath, [join(import.meta.dirname, '../../../../apps/sample/pack.ts'), sample]);
  const pack: Pack = (ref, folder, ...command) => outside(program, ['pack', ref, folder, ...command]);
  const mirror = publishedAt(await publish(join(work, 'argo-cd'), 'argo-cd'));
  const own = {
    seaweedfs: `${releases.seaweedfs.image}:${releases.seaweedfs.tag}`,
    nginx: `${releases.nginx.image}:${releases.nginx.tag}`,
    sample: `${releases.sample.image}:${releases.sample.tag}`,
  };
  /** For each scenario anew: where the disk is nearly full, the kubelet removes images that no pod has just now. */
  const packOwn = async (): Promise<void> => {
    await packSeaweedfs(bin, work, own.seaweedfs, pack);
    await packNginx(work, own.nginx, pack);
    await pack(own.sample, sample, '/usr/local/bin/node', '/app/src/main.ts');
  };
  return {
    name: 'testbed',
    address: new URL(mirror).hostname,
    config,
    argocdManifests: join(argocd, 'manifests/cluster-install'),
    mirror,
    publish,
    load: async (files) => {
      await packOwn();
      // The testbed may overlook what is there already, and then would make it otherwise or say that it cannot.
      const others = imagesOf(files).filter((image) => !Object.values(own).includes(image));
      const list = join(work, 'images.yaml');
      writeFileSync(list, others.map((image) => `image: ${image}\n`).join(''));
      const said = await outside(program, ['load', list]);
      return said.split('\n').flatMap((line) => /^absent (\S+)/.exec(line)?.[1] ?? []);
    },
    unpack: (packages) => unpackPackages(outside, temporaryFolder(cleanup, 'debian'), packages),
    kill: ({ uid }) => killProcesses(uid),
    killing: 'SIGKILL to every process of the pod',
  };
}

/** The network of the shell that entered the testbed: that of the nearest process above this one that is not in it. */
function outerNetwork(): string {
  const own = readlinkSync('/proc/self/ns/net');
  for (let pid = process.ppid; pid > 1;) {
    const path = `/proc/${String(pid)}/ns/net`;
    if (readlinkSync(path) !== own) return path;
    pid = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0);
  }
  // Nobody entered anything: this is the outer one.
  return '/proc/self/ns/net';
}

/** node-exporter sees mounts made after its start only where the root is a shared mount, as systemd makes it. */
async function shareRoot(cleanup: Cleanup): Promise<void> {
  const said = (await mustRun('findmnt', ['--noheadings', '--output', 'PROPAGATION', '/'])).trim();
  const before = ['private', 'slave', 'unbindable'].find((word) => said === word || said.startsWith(`${word},`));
  if (before === undefined) return;
  cleanup.add(() => {
    execFileSync('mount', [`--make-${before}`, '/']);
  });
  await mustRun('mount', ['--make-shared', '/']);
}

function publishedAt(url: string): string {
  return url.slice(0, url.lastIndexOf('/'));
}

type Pack = (ref: string, folder: string, ...command: readonly string[]) => Promise<string>;

/** The image of SeaweedFS has curl, with which its buckets are made; the testbed's own image of it has not. */
async function packSeaweedfs(bin: string, work: string, ref: string, pack: Pack): Promise<void> {
  const folder = join(work, 'seaweedfs');
  await putCurl(folder);
  put(folder, join(bin, 'weed'), '/usr/bin/weed');
  await pack(ref, folder, '/usr/bin/weed');
}

/** So has that of nginx, with which rules are brought into the rulers. */
async function packNginx(work: string, ref: string, pack: Pack): Promise<void> {
  const folder = join(work, 'nginx');
  await putCurl(folder);
  await pack(ref, folder, 'nginx', '-g', 'daemon off;');
}

/** This machine's, with the libraries that it is linked with. */
async function putCurl(folder: string): Promise<void> {
  put(folder, '/usr/bin/curl');
  const libraries = (await mustRun('ldd', ['/usr/bin/curl'])).matchAll(/=> (\/\S+)/g);
  for (const [, path] of libraries)
    if (path !== undefined && existsSync(path)) put(folder, path, path.replace(/^\/lib\//, '/usr/lib/'));
}

function put(folder: string, source: string, target = source): void {
  mkdirSync(dirname(join(folder, target)), { recursive: true });
  copyFileSync(source, join(folder, target));
}
