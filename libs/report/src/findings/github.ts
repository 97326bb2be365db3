import { visible } from '@lgtm-fleet/diagnostics';
import type { Finding, RuleMeta, Severity } from '@lgtm-fleet/lint';
import { rulesById, type FindingContext } from './context.ts';
import { byWorst, countFindings, noFindings } from './order.ts';
import { locator, type Locate } from './position.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * GitHub shows ten annotations of each level and step and drops the others without a word, so one notice
 * stays free for saying how many those are. Source: "Limitations" in `docs/problem-matchers.md` of actions/toolkit.
 */
const SHOWN: Readonly<Record<Severity, number>> = { error: 10, warning: 10, info: 9 };
/** Units of a message: annotations are for a glance, and end at 64 KiB. */
const LONGEST = 4000;

/** Workflow commands that annotate the lines of a pull request, the worst first. */
export function githubFindings(findings: readonly Finding[], context: FindingContext): string {
  if (findings.length === 0) return `${noFindings(context.rules.length)}\n`;
  const locate = locator(context.sourceOf);
  const rules = rulesById(context);
  const left = { ...SHOWN };
  const shown: string[] = [];
  const cut: Finding[] = [];
  for (const finding of findings.toSorted(byWorst)) {
    if (left[finding.severity] === 0) {
      cut.push(finding);
      continue;
    }
    left[finding.severity] -= 1;
    shown.push(annotation(finding, rules.get(finding.rule), context, locate));
  }
  if (cut.length > 0) {
    const message = `${countFindings(cut)} not shown: GitHub shows ten annotations of a level. All of them: nx run tools:lint`;
    shown.push(`::notice title=lint::${data(message)}`);
  }
  return `${shown.join('\n')}\n`;
}

function annotation(finding: Finding, rule: RuleMeta | undefined, context: FindingContext, locate: Locate): string {
  const properties = [['file', finding.file] as const, ...place(finding, locate), ['title', finding.rule] as const]
    .map(([name, value]) => `${name}=${property(visible(value))}`)
    .join(',');
  const message = [
    finding.message,
    ...(rule === undefined ? [] : [`why: ${rule.why}`]),
    ...(finding.help === undefined ? [] : [`help: ${finding.help}`]),
    ...(finding.object === undefined ? [] : [`object: ${finding.object}`]),
    ...(finding.clusters.length > 1 ? [`clusters: ${finding.clusters.join(', ')}`] : []),
  ].map((line) => visible(line));
  const body = message.join('\n').slice(0, LONGEST).toWellFormed();
  const docs = rule === undefined ? '' : `\ndocs: ${context.docsUrl(rule.id)}`;
  return `::${COMMANDS[finding.severity]} ${properties}::${data(body + docs)}`;
}

/** Columns only within one line: an annotation of several lines must not have them. */
function place({ file, span }: Finding, locate: Locate): readonly (readonly [string, string])[] {
  const region = span && locate(file, span);
  if (region === undefined) return [];
  const { start, end } = region;
  const lines = [['line', `${start.line}`] as const, ['endLine', `${end.line}`] as const];
  if (start.line !== end.line) return lines;
  return [...lines, ['col', `${start.column}`] as const, ['endColumn', `${end.column}`] as const];
}

/** Escapes of the runner; source: `packages/core/src/command.ts` of actions/toolkit. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
