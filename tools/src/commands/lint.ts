import { formatDiagnostic, type Diagnostic } from '@lgtm-fleet/diagnostics';
import { applyEdits, editsByFile, engineRules, lint, rules, type Finding, type RuleMeta } from '@lgtm-fleet/lint';
import { findKustomize } from '@lgtm-fleet/render';
import { findingFormats, isFindingFormat } from '@lgtm-fleet/report';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complain, print, type ExitCode } from '../console.ts';
import { buildFolders, lintInput } from '../workspace/lint-input.ts';
import { openClusters } from '../workspace/open.ts';
import { problem, type Problem } from '../workspace/problem.ts';
import { foldersOf } from './render.ts';

export interface LintOptions {
  readonly cluster?: string;
  readonly fix?: boolean;
  readonly format: string;
  readonly root?: string;
}

/** 0: nothing above info; 1: findings; 2: could not look. */
export async function lintClusters(options: LintOptions): Promise<ExitCode | Problem> {
  const { format } = options;
  if (!isFindingFormat(format))
    return problem(`there is no format \`${format}\``, `choose one of ${Object.keys(findingFormats).join(', ')}`, 2);
  const opened = openClusters(options);
  if (!opened.ok) return opened.ended;
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) {
    complain(formatDiagnostic(kustomize.error));
    return 2;
  }
  const { root, repository } = opened.workspace;
  const clusters = opened.clusters.map(({ cluster }) => cluster);
  const folders = clusters.flatMap(({ metadata }) => foldersOf(root, metadata.name));
  const builds = await buildFolders(root, folders, kustomize.kustomize);
  const fleet = opened.fleet.clusters.map(({ cluster }) => cluster);
  const input = lintInput({ root, repository, clusters, fleet, builds });
  const faults = [...builds.values()].flatMap((build) => build.faults);
  const found = [...faults.map(unreadable), ...lint(input, rules)];
  const findings = options.fix === true ? mend(root, found) : found;
  const metas: readonly RuleMeta[] = [...rules.map(({ meta }) => meta), ...engineRules];
  print(
    findingFormats[format](findings, {
      rules: metas,
      sourceOf: input.sources.read,
      toolVersion: version(root),
      docsUrl: (id) => `docs/rules/${id}.md`,
    }).trimEnd(),
  );
  return findings.some(({ severity }) => severity !== 'info') ? 1 : 0;
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
