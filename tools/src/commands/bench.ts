import { findKustomize } from '@lgtm-fleet/render';
import { columns } from '@lgtm-fleet/report';
import { existsSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { makeCheckout } from '../bench/checkout.ts';
import { diffHead, diffRow } from '../bench/diff.ts';
import { generateHead, generateRow } from '../bench/generate.ts';
import { ingestHead, ingestRows } from '../bench/ingest.ts';
import { lintHead, lintRow } from '../bench/lint.ts';
import { complain, print, type ExitCode } from '../console.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

export interface BenchOptions {
  /** `generate`, `lint`, `diff`, `ingest`, parted by commas. */
  readonly of: string;
  readonly sizes: string;
  readonly json?: boolean;
}

interface Table {
  readonly of: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Row = (root: string, size: number) => Promise<readonly string[]>;

/**
 * Measures the commands on synthetic clusters (large hubs with their own names and buckets) in a throw-away checkout,
 * against bare Kustomize, or Kustomize piped into kubeconform, of the very same overlays, as many at a time. Bare
 * Kustomize goes by name, where `renderAll` starts the longest first. Each round runs in a new process; its start (Node
 * and our modules) has a column of its own, but for `diff`. The median of three rounds is printed.
 */
export async function bench(options: BenchOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(undefined);
  if (isProblem(workspace)) return workspace;
  const sizes = options.sizes.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1 || size > 1000))
    return problem(`--sizes is a list of whole numbers from 1 to 1000, not '${options.sizes}'`);
  const found = await findKustomize(process.env);
  if (!found.ok) return problem(found.error.message, found.error.help);
  const { kustomize } = found;
  const kubeconform = onPath('kubeconform');
  const schemas = join(workspace.root, 'schemas/kubernetes');
  const tables: Table[] = [];
  for (const of of options.of.split(',')) {
    if (of === 'generate') {
      const row: Row = (root, size) => generateRow(root, size, kustomize);
      tables.push({ of, head: generateHead, rows: await measure(workspace.root, sizes, row) });
    } else if (of === 'lint') {
      if (kubeconform === undefined)
        return problem('there is no kubeconform to measure against', 'put it on the PATH, or leave `lint` out of --of');
      const programs = { kustomize, kubeconform, schemas };
      const row: Row = (root, size) => lintRow(root, size, programs);
      tables.push({ of, head: lintHead, rows: await measure(workspace.root, sizes, row) });
    } else if (of === 'diff') tables.push({ of, head: diffHead, rows: await measure(workspace.root, [20], diffRow) });
    else if (of === 'ingest')
      tables.push({ of, head: ingestHead, rows: await inCheckout(workspace.root, 1, ingestRows) });
    else return problem(`--of is a list of generate, lint, diff and ingest, not '${options.of}'`);
  }
  if (options.json === true) print(JSON.stringify(tables, null, 2));
  else
    print(tables.map(({ of, head, rows }) => `${of}\n${columns([head, ...rows], () => true).join('\n')}`).join('\n\n'));
  return 0;
}

async function measure(root: string, sizes: readonly number[], row: Row): Promise<Table['rows']> {
  const rows: (readonly string[])[] = [];
  for (const size of sizes) {
    rows.push(await inCheckout(root, size, (folder) => row(folder, size)));
    complain(`measured ${String(size)}`);
  }
  return rows;
}

async function inCheckout<T>(root: string, size: number, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeCheckout(root, size);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
