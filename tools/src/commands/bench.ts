import { findKustomize, type Kustomize } from '@lgtm-fleet/render';
import { columns } from '@lgtm-fleet/report';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
  // One folder for all checkouts, and removed at the end alone: removals slow the rounds behind them (see `setAside`).
  const within = mkdtempSync(join(tmpdir(), 'lgtm-fleet-bench-'));
  try {
    return await measureAll(options, sizes, { root: workspace.root, within, kustomize: found.kustomize });
  } finally {
    rmSync(within, { recursive: true, force: true });
  }
}

interface Place {
  readonly root: string;
  /** Folder for the checkouts. */
  readonly within: string;
  readonly kustomize: Kustomize;
}

async function measureAll(options: BenchOptions, sizes: readonly number[], place: Place): Promise<ExitCode | Problem> {
  const { root, within, kustomize } = place;
  const kubeconform = onPath('kubeconform');
  const schemas = join(root, 'schemas/kubernetes');
  const tables: Table[] = [];
  for (const of of options.of.split(',')) {
    if (of === 'generate') {
      const row: Row = (root, size) => generateRow(root, size, kustomize);
      tables.push({ of, head: generateHead, rows: await measure(place, sizes, row) });
    } else if (of === 'lint') {
      if (kubeconform === undefined)
        return problem('there is no kubeconform to measure against', 'put it on the PATH, or leave `lint` out of --of');
      const programs = { kustomize, kubeconform, schemas };
      const row: Row = (root, size) => lintRow(root, size, programs);
      tables.push({ of, head: lintHead, rows: await measure(place, sizes, row) });
    } else if (of === 'diff') tables.push({ of, head: diffHead, rows: await measure(place, [20], diffRow) });
    else if (of === 'ingest')
      tables.push({ of, head: ingestHead, rows: await ingestRows(makeCheckout(root, 1, within)) });
    else return problem(`--of is a list of generate, lint, diff and ingest, not '${options.of}'`);
  }
  if (options.json === true) print(JSON.stringify(tables, null, 2));
  else
    print(tables.map(({ of, head, rows }) => `${of}\n${columns([head, ...rows], () => true).join('\n')}`).join('\n\n'));
  return 0;
}

async function measure({ root, within }: Place, sizes: readonly number[], row: Row): Promise<Table['rows']> {
  const rows: (readonly string[])[] = [];
  for (const size of sizes) {
    rows.push(await row(makeCheckout(root, size, within), size));
    complain(`measured ${String(size)}`);
  }
  return rows;
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
