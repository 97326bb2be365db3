import type { Kustomize } from '@lgtm-fleet/render';
import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Measured } from './measured.ts';

/** A process of its own for each round, so that nothing is warm; it times itself from its first line on. */
export async function measureInChild(what: 'generate' | 'lint', root: string): Promise<Measured> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), what, root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await ended(child, 'the measured process');
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured;
}

/** Nothing but Kustomize: its output goes nowhere, and nobody reads it. */
export async function buildAll(root: string, folders: readonly string[], kustomize: Kustomize): Promise<void> {
  await inParallel(folders, async (folder) => {
    const child = spawn(kustomize.command, [...kustomize.args, join(root, folder)], { stdio: 'ignore' });
    await ended(child, folder);
  });
}

/** Kustomize's output into `kubeconform -strict`, folder by folder, as people do without us. */
export async function conformAll(
  root: string,
  folders: readonly string[],
  kustomize: Kustomize,
  kubeconform: string,
  schemas: string,
): Promise<void> {
  const options = [
    '-strict',
    `-schema-location=${schemas}/{{.Group}}-{{.ResourceAPIVersion}}/{{.ResourceKind}}.json`,
    `-schema-location=${schemas}/core-{{.ResourceAPIVersion}}/{{.ResourceKind}}.json`,
  ];
  await inParallel(folders, async (folder) => {
    const build = spawn(kustomize.command, [...kustomize.args, join(root, folder)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const check = spawn(kubeconform, options, { stdio: ['pipe', 'ignore', 'ignore'] });
    build.stdout.pipe(check.stdin);
    await Promise.all([ended(build, folder), ended(check, `kubeconform of ${folder}`)]);
  });
}

async function inParallel(folders: readonly string[], work: (folder: string) => Promise<void>): Promise<void> {
  const queue = folders.values();
  const worker = async (): Promise<void> => {
    for (const folder of queue) await work(folder);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

function ended(child: ChildProcess, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${what} ended with ${String(code)}`));
    });
  });
}

/** Seconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The middle of an odd number of rounds. */
export function median<T>(rounds: readonly T[], pick: (round: T) => number): number {
  return rounds.map(pick).toSorted((left, right) => left - right)[Math.floor(rounds.length / 2)] ?? 0;
}
