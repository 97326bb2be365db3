import { findKustomize, type Kustomize } from '@lgtm-fleet/render';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { complain, print, type ExitCode } from '../console.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';
import type { OwnTimes } from '../workspace/bench-child.ts';
import { foldersOf } from './render.ts';

export interface BenchOptions {
  readonly sizes: string;
  readonly json?: boolean;
}

interface Row extends OwnTimes {
  readonly clusters: number;
  readonly folders: number;
  readonly kustomizeSeconds: number;
}

const ROUNDS = 3;

/**
 * Generates and renders synthetic clusters (large hubs with their own names and buckets) in a throw-away checkout,
 * and builds the very same overlays with bare Kustomize, as many at a time but by name, where `renderAll` starts
 * the longest first. Each round runs in a new process; its
 * start (Node and our modules) has a column of its own. The median of three rounds is printed.
 */
export async function bench(options: BenchOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(undefined);
  if (isProblem(workspace)) return workspace;
  const sizes = options.sizes.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1 || size > 1000))
    return problem(`--sizes is a list of whole numbers from 1 to 1000, not '${options.sizes}'`);
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) return problem(kustomize.error.message, kustomize.error.help);
  const rows: Row[] = [];
  for (const size of sizes) {
    const root = checkout(workspace.root, size);
    try {
      rows.push(await measure(root, size, kustomize.kustomize));
      complain(`measured ${String(size)}`);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  print(options.json === true ? JSON.stringify(rows, null, 2) : table(rows));
  return 0;
}

/** A checkout of its own: the bases, and the large example under as many names as are asked for, in twenty sizes. */
function checkout(root: string, size: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-bench-'));
  cpSync(join(root, 'base'), join(folder, 'base'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  const example = readFileSync(join(root, 'clusters/prod-eu/cluster.yaml'), 'utf8');
  for (let index = 0; index < size; index += 1) {
    const name = nameOf(index);
    mkdirSync(join(folder, 'clusters', name), { recursive: true });
    const text = example
      .replaceAll('prod-eu', name)
      .replaceAll('.eu.example.com', `.${name}.example.com`)
      .replace('3M', `${String(1 + (index % 5))}M`)
      .replace('400GB', `${String(150 * (1 + (index % 4)))}GB`);
    writeFileSync(join(folder, 'clusters', name, 'cluster.yaml'), text);
  }
  return folder;
}

function nameOf(index: number): string {
  return `bench-${String(index).padStart(3, '0')}`;
}

async function measure(root: string, clusters: number, kustomize: Kustomize): Promise<Row> {
  const rounds: Row[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rmSync(join(root, 'overlays'), { recursive: true, force: true });
    const own = await measureInChild(root);
    const folders = Array.from({ length: clusters }, (_, index) => foldersOf(root, nameOf(index))).flat();
    const kustomizeSeconds = await timed(() => buildAll(root, folders, kustomize));
    rounds.push({ clusters, folders: folders.length, kustomizeSeconds, ...own });
  }
  const median = (pick: (row: Row) => number) =>
    rounds.map(pick).toSorted((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0;
  return {
    clusters,
    folders: rounds[0]?.folders ?? 0,
    startSeconds: median((row) => row.startSeconds),
    generateSeconds: median((row) => row.generateSeconds),
    renderSeconds: median((row) => row.renderSeconds),
    kustomizeSeconds: median((row) => row.kustomizeSeconds),
    peakMiB: Math.max(...rounds.map((row) => row.peakMiB)),
  };
}

/** A process of its own for each round, so that nothing is warm; it times itself from its first line on. */
async function measureInChild(root: string): Promise<OwnTimes> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../workspace/bench-child.ts'), root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await ended(child, 'the measured process');
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as OwnTimes;
}

/** Nothing but Kustomize: its output goes nowhere, and nobody reads it. */
async function buildAll(root: string, folders: readonly string[], kustomize: Kustomize): Promise<void> {
  const queue = folders.values();
  const worker = async (): Promise<void> => {
    for (const folder of queue) {
      const child = spawn(kustomize.command, [...kustomize.args, join(root, folder)], { stdio: 'ignore' });
      await ended(child, folder);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

function ended(child: ReturnType<typeof spawn>, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${what} ended with ${String(code)}`));
    });
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function table(rows: readonly Row[]): string {
  const head = [
    'clusters',
    'folders',
    'start s',
    'generate s',
    'render s',
    'kustomize s',
    'generate/kustomize',
    'whole/kustomize',
    'peak MiB',
    's a cluster',
  ];
  const lines = rows.map((row) => {
    const whole = row.generateSeconds + row.renderSeconds;
    return [
      String(row.clusters),
      String(row.folders),
      row.startSeconds.toFixed(2),
      row.generateSeconds.toFixed(2),
      row.renderSeconds.toFixed(2),
      row.kustomizeSeconds.toFixed(2),
      (row.generateSeconds / row.kustomizeSeconds).toFixed(3),
      (whole / row.kustomizeSeconds).toFixed(3),
      row.peakMiB.toFixed(0),
      (whole / row.clusters).toFixed(2),
    ];
  });
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  return [head, ...lines]
    .map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n');
}
