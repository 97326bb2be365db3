import { formatDiagnostic, visible, type Diagnostic } from '@lgtm-fleet/diagnostics';
import {
  applyEdits,
  editsByFile,
  engineRules,
  lint,
  rules,
  type ClusterInput,
  type Finding,
  type RuleMeta,
} from '@lgtm-fleet/lint';
import { findKustomize, type Kustomize } from '@lgtm-fleet/render';
import { findingFormats, isFindingFormat, type FindingFormat } from '@lgtm-fleet/report';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complain, print, type ExitCode } from '../console.ts';
import { writeRevision } from '../revisions/git.ts';
import { loadFleet } from '../workspace/clusters.ts';
import { lintInput, readBuild, readBuilds, renderFolders, type Build } from '../workspace/lint-input.ts';
import { openClusters } from '../workspace/open.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';
import { foldersOf } from './render.ts';

export interface LintOptions {
  readonly cluster?: string;
  readonly fix?: boolean;
  readonly format: string;
  /** `sarif=report.sarif`: written beside what is printed. */
  readonly output?: readonly string[];
  /** A revision of git that the clusters are compared with. */
  readonly base?: string;
  readonly root?: string;
}

/** 0: nothing above info; 1: findings; 2: could not look. */
export async function lintClusters(options: LintOptions): Promise<ExitCode | Problem> {
  const { format } = options;
  if (!isFindingFormat(format))
    return problem(`there is no format \`${format}\``, `choose one of ${Object.keys(findingFormats).join(', ')}`, 2);
  const outputs: Output[] = [];
  for (const text of options.output ?? []) {
    const output = outputOf(text);
    if (isProblem(output)) return output;
    outputs.push(output);
  }
  const linted = await lintWorkspace(options);
  if (typeof linted === 'number' || isProblem(linted)) return linted;
  const { root, sourceOf } = linted;
  const findings = options.fix === true ? mend(root, linted.findings) : linted.findings;
  const metas: readonly RuleMeta[] = [...rules.map(({ meta }) => meta), ...engineRules];
  const docsUrl = (id: string): string => `docs/rules/${id}.md`;
  const context = { rules: metas, sourceOf, toolVersion: version(root), docsUrl };
  for (const { file, format: other } of outputs) {
    const failed = write(file, findingFormats[other](findings, context));
    if (failed !== undefined) return failed;
  }
  print(findingFormats[format](findings, context).trimEnd());
  return findings.some(({ severity }) => severity !== 'info') ? 1 : 0;
}

interface Output {
  readonly format: FindingFormat;
  readonly file: string;
}

/** The format and the file of `format=file`; the file may have a `=` too. */
function outputOf(text: string): Output | Problem {
  const at = text.indexOf('=');
  const [format, file] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  if (isFindingFormat(format) && file !== '') return { format, file };
  const shown = visible(text.slice(0, 80));
  return problem(`\`${shown}\` names no format and file`, 'write `--output sarif=report.sarif`', 2);
}

function write(file: string, text: string): Problem | undefined {
  try {
    writeFileSync(file, text);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(`the report cannot be written: ${visible(reason)}`, 'is the folder there?', 2);
  }
}

export interface Linted {
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly sourceOf: (file: string) => string | undefined;
  /** How many rendered resources there were. */
  readonly resources: number;
  /** Time behind Kustomize. */
  readonly seconds: number;
}

/** Renders and lints the clusters of a checkout; with a base, also compares. */
export async function lintWorkspace(
  options: Pick<LintOptions, 'cluster' | 'root' | 'base'>,
): Promise<Linted | ExitCode | Problem> {
  const opened = openClusters(options);
  if (!opened.ok) return opened.ended;
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) {
    complain(formatDiagnostic(kustomize.error));
    return 2;
  }
  const { root, repository } = opened.workspace;
  const clusters = opened.clusters.map(({ cluster }) => cluster);
  const fleet = opened.fleet.clusters.map(({ cluster }) => cluster);
  const before = options.base === undefined ? [] : await baseInputs(root, options.base, kustomize.kustomize);
  if (isProblem(before)) return before;
  const folders = clusters.flatMap(({ metadata }) => foldersOf(root, metadata.name));
  const rendered = new Map(await renderFolders(root, folders, kustomize.kustomize));
  const start = performance.now();
  const faults: Finding[] = [];
  let resources = 0;
  const buildOf = (folder: string): Build | undefined => {
    const text = rendered.get(folder);
    if (text === undefined) return undefined;
    // Asked for once, and let go of: a large fleet would fill the memory.
    rendered.delete(folder);
    const build = readBuild(folder, text);
    faults.push(...build.faults.map(unreadable));
    resources += build.manifests.length;
    return build;
  };
  const input = lintInput({ root, repository, clusters, fleet, buildOf });
  const compared = Iterator.from(input.clusters).map((cluster) => {
    const base = before.find(({ spec }) => spec.metadata.name === cluster.spec.metadata.name);
    return base === undefined ? cluster : { ...cluster, base };
  });
  const found = lint({ ...input, clusters: compared }, rules);
  const seconds = (performance.now() - start) / 1000;
  return { root, findings: [...faults, ...found], sourceOf: input.sources.read, resources, seconds };
}

/** The clusters as they are at a revision, for the rules that compare. */
async function baseInputs(
  root: string,
  revision: string,
  kustomize: Kustomize,
): Promise<readonly ClusterInput[] | Problem> {
  const temporary = mkdtempSync(join(tmpdir(), 'lgtm-fleet-lint-'));
  try {
    const commit = await writeRevision(root, revision, temporary);
    if (isProblem(commit)) return commit;
    const workspace = openWorkspace(temporary);
    if (isProblem(workspace)) return workspace;
    const fleet = loadFleet(temporary).clusters.map(({ cluster }) => cluster);
    const folders = fleet.flatMap(({ metadata }) => foldersOf(temporary, metadata.name));
    const builds = readBuilds(await renderFolders(temporary, folders, kustomize));
    const { repository } = workspace;
    const buildOf = (folder: string): Build | undefined => builds.get(folder);
    return [...lintInput({ root: temporary, repository, clusters: fleet, fleet, buildOf }).clusters];
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Writes the safe fixes, and returns the findings that are left. */
function mend(root: string, findings: readonly Finding[]): readonly Finding[] {
  const edits = editsByFile(findings, false);
  const done = new Set([...edits.values()].flat());
  for (const [file, own] of edits) {
    const path = join(root, file);
    writeFileSync(path, applyEdits(readFileSync(path, 'utf8'), own));
    complain(`mended ${file}`);
  }
  return findings.filter(({ fix }) => fix === undefined || !fix.edits.every((edit) => done.has(edit)));
}

function unreadable({ id, severity, message, file, help, span }: Diagnostic): Finding {
  const cluster = file.split('/')[1];
  return {
    rule: id,
    severity,
    message,
    file,
    clusters: cluster === undefined ? [] : [cluster],
    ...(help !== undefined && { help }),
    ...(span !== undefined && { span }),
  };
}

function version(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
}
