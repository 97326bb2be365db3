import { formatDiagnostic, visible } from '@lgtm-fleet/diagnostics';
import { comparer, jsonReport, markdownReport, prettyReport, type Comparison } from '@lgtm-fleet/diff';
import { findKustomize } from '@lgtm-fleet/render';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complain, print, progress, type ExitCode } from '../console.ts';
import { openCheckout, type Checkout } from '../revisions/folders.ts';
import { writeRevision } from '../revisions/git.ts';
import { readRevisions } from '../revisions/read.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

export interface DiffCommandOptions {
  readonly base: string;
  /** Without it the working tree is compared. */
  readonly head?: string;
  readonly cluster?: string;
  readonly format: string;
  readonly approvals?: string;
  readonly output?: string;
  readonly root?: string;
}

const FORMATS: Readonly<Record<string, (comparison: Comparison) => string>> = {
  pretty: prettyReport,
  json: jsonReport,
  markdown: markdownReport,
};

/** Holds the text of the pull request where no file does; nothing of it ever reaches a shell. */
const APPROVALS = 'LGTM_FLEET_APPROVALS';
const MAX_APPROVALS = 1024 * 1024;

/**
 * Says what a change would do to the clusters: 0 where nothing dangerous is left unapproved, 1 where something is, 2
 * where it cannot be said.
 */
export async function showDiff(options: DiffCommandOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(options.root);
  if (isProblem(workspace)) return workspace;
  const report = Object.hasOwn(FORMATS, options.format) ? FORMATS[options.format] : undefined;
  if (report === undefined)
    return problem(
      `there is no format '${visible(options.format.slice(0, 40))}'`,
      `there is ${Object.keys(FORMATS).join(', ')}`,
    );
  const approvals = readApprovals(options.approvals);
  if (typeof approvals !== 'string') return approvals;
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) {
    complain(formatDiagnostic(kustomize.error));
    return 2;
  }
  const temporary = mkdtempSync(join(tmpdir(), 'lgtm-fleet-diff-'));
  try {
    const base = await openRevision(workspace.root, options.base, join(temporary, 'base'));
    if (isProblem(base)) return base;
    const head =
      options.head === undefined
        ? openCheckout(workspace.root)
        : await openRevision(workspace.root, options.head, join(temporary, 'head'));
    if (isProblem(head)) return head;
    const { cluster } = options;
    if (cluster !== undefined && ![...base.clusters, ...head.clusters].includes(cluster))
      return problem(`there is no cluster '${visible(cluster.slice(0, 80))}' in either revision`);
    const tell = progress(2, 'renders:');
    const { add, compare } = comparer({ approvals, today: new Date().toISOString().slice(0, 10) });
    const told = (done: number, all: number): void => {
      tell(done === all ? 2 : 1, `${String(done)} of ${String(all)} folders`);
    };
    const failed = await readRevisions(base, head, kustomize.kustomize, cluster, told, add);
    if (failed !== undefined) return failed;
    const comparison = compare();
    return emit(comparison, report(comparison), options.output);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function openRevision(root: string, revision: string, folder: string): Promise<Checkout | Problem> {
  const commit = await writeRevision(root, revision, folder);
  return isProblem(commit) ? commit : openCheckout(folder);
}

function emit(comparison: Comparison, text: string, output: string | undefined): ExitCode {
  if (output === undefined) print(text.trimEnd());
  else {
    writeFileSync(output, text);
    const { length } = comparison.dangers;
    print(
      `${String(length)} ${length === 1 ? 'danger' : 'dangers'}, ${String(comparison.unapproved)} not approved: see ${output}`,
    );
  }
  if (comparison.failures.length > 0) return 2;
  return comparison.unapproved > 0 ? 1 : 0;
}

function readApprovals(file: string | undefined): string | Problem {
  if (file === undefined) return process.env[APPROVALS] ?? '';
  const stat = statSync(file, { throwIfNoEntry: false });
  const shown = visible(file.slice(0, 200));
  if (stat?.isFile() !== true) return problem(`there is no file ${shown}`, 'it holds the text of the pull request');
  if (stat.size > MAX_APPROVALS) return problem(`${shown} is larger than 1 MiB`, 'no pull request has such a text');
  return readFileSync(file, 'utf8');
}
