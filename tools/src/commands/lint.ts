import { visible } from '@lgtm-fleet/diagnostics';
import { applyEdits, editsByFile, engineRules, rules, type Finding, type RuleMeta } from '@lgtm-fleet/lint';
import { findingFormats, isFindingFormat, type FindingFormat } from '@lgtm-fleet/report';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complain, print, type ExitCode } from '../console.ts';
import { lintWorkspace, type LintScope } from '../workspace/lint-workspace.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';

export interface LintOptions extends LintScope {
  readonly fix?: boolean;
  readonly format: string;
  /** `sarif=report.sarif`: written beside what is printed. */
  readonly output?: readonly string[];
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

function version(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
}
