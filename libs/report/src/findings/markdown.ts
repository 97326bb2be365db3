import {
  codeFrame,
  countSeverities,
  markdownBlock,
  markdownCell,
  markdownCode,
  markdownHtmlCode,
  markdownInline,
} from '@lgtm-fleet/diagnostics';
import type { Finding, RuleMeta } from '@lgtm-fleet/lint';
import { rulesById, type FindingContext } from './context.ts';
import { byWorst, clustersOf, countFindings, fixable, noFindings, plural } from './order.ts';
import { locator, type Locate } from './position.ts';

/** Characters of a comment on GitHub. */
const COMMENT = 65_536;
/** Room for each line that says what was cut. */
const CUT_LINE = 200;
const MAX_ROWS = 20;
/** Units of a text whose length nobody promised. */
const MAX_TEXT = 500;
const MAX_CELL = 200;

/**
 * A comment on a pull request: a table of the rules, then the findings folded by file, the worst first. What
 * does not fit is cut from the end and counted.
 *
 * @param limit characters that the text may have, at least 2,000
 */
export function markdownFindings(findings: readonly Finding[], context: FindingContext, limit = COMMENT): string {
  if (findings.length === 0) return `## Lint\n\n${noFindings(context.rules.length)}\n`;
  const sorted = findings.toSorted(byWorst);
  const amount = fixable(findings);
  const fix = amount === 0 ? '' : `; ${amount} can be fixed with \`nx run tools:lint --fix\``;
  const head = `## Lint\n\n${countFindings(findings)}${fix}\n\n${ruleTable(sorted, context, limit / 2)}`;

  const perFile = Map.groupBy(findings, ({ file }) => file);
  const shown = Map.groupBy(fitting(sorted, perFile, context, limit - head.length - CUT_LINE), ({ file }) => file);
  const details = [...shown].map(([file, own]) =>
    [fold(file, perFile.get(file) ?? []), ...own.map(({ text }) => text), '</details>'].join('\n\n'),
  );
  const cut = sorted.slice([...shown.values()].flat().length);
  const rest = cut.length === 0 ? [] : [`Not shown: ${countFindings(cut)}. All of them: \`nx run tools:lint\``];
  return `${[head, ...details, ...rest].join('\n\n')}\n`;
}

/** A row per rule, the worst first. */
function ruleTable(sorted: readonly Finding[], context: FindingContext, limit: number): string {
  const rules = rulesById(context);
  const groups = [...Map.groupBy(sorted, ({ rule }) => rule)];
  const rows = ['| severity | rule | findings | clusters | why |', '| --- | --- | --- | --- | --- |'];
  let left = limit - rows.join('\n').length - CUT_LINE;
  let shown = 0;
  for (const [id, own] of groups.slice(0, MAX_ROWS)) {
    const rule = rules.get(id);
    const cells = [
      own[0]?.severity ?? '',
      link(id, rule, context),
      `${own.length}`,
      markdownCell(shorten(clustersOf(own).join(', '), MAX_CELL)),
      markdownCell(shorten(rule?.why ?? '', MAX_TEXT)),
    ];
    const row = `| ${cells.join(' | ')} |`;
    left -= row.length + 1;
    if (left < 0) break;
    rows.push(row);
    shown += 1;
  }
  const table = rows.join('\n');
  return shown === groups.length ? table : `${table}\n\nand ${plural(groups.length - shown, 'more rule')}`;
}

/** The findings from the front, as text, that fit with the folds around them. */
function fitting(
  sorted: readonly Finding[],
  perFile: ReadonlyMap<string, readonly Finding[]>,
  context: FindingContext,
  limit: number,
): readonly { readonly file: string; readonly text: string }[] {
  const locate = locator(context.sourceOf);
  const rules = rulesById(context);
  const folded = new Set<string>();
  const shown: { readonly file: string; readonly text: string }[] = [];
  let left = limit;
  for (const finding of sorted) {
    const { file } = finding;
    const text = details(finding, rules.get(finding.rule), context, locate);
    const around = folded.has(file) ? 0 : `${fold(file, perFile.get(file) ?? [])}\n\n</details>\n\n`.length;
    left -= text.length + 2 + around;
    if (left < 0) break;
    folded.add(file);
    shown.push({ file, text });
  }
  return shown;
}

function fold(file: string, findings: readonly Finding[]): string {
  return `<details>\n<summary>${markdownHtmlCode(shorten(file, MAX_CELL))}: ${countSeverities(findings)}</summary>`;
}

function details(finding: Finding, rule: RuleMeta | undefined, context: FindingContext, locate: Locate): string {
  const { file, span, severity, message, label, help, object, clusters } = finding;
  const start = span && locate(file, span)?.start;
  const place = start === undefined ? '' : ` at line ${start.line}, column ${start.column}`;
  const source = context.sourceOf(file);
  const frame =
    span === undefined || source === undefined
      ? []
      : [markdownBlock(codeFrame(source, span, label && shorten(label, MAX_CELL)).join('\n'))];
  const facts = [
    ...(help === undefined ? [] : [`- help: ${markdownInline(shorten(help, MAX_TEXT))}`]),
    ...(object === undefined ? [] : [`- object: ${markdownCode(shorten(object, MAX_CELL))}`]),
    ...(clusters.length === 0 ? [] : [`- clusters: ${markdownInline(shorten(clusters.join(', '), MAX_TEXT))}`]),
    ...(rule === undefined ? [] : [`- docs: ${markdownCode(context.docsUrl(rule.id))}`]),
  ];
  return [
    `**${severity}** ${markdownCode(shorten(finding.rule, MAX_CELL))}${place}: ${markdownInline(shorten(message, MAX_TEXT))}`,
    ...frame,
    ...(facts.length === 0 ? [] : [facts.join('\n')]),
  ].join('\n\n');
}

/** The rule's name, as a link where its page has an address: in a comment a path leads nowhere. */
function link(id: string, rule: RuleMeta | undefined, context: FindingContext): string {
  const name = markdownCell(`\`${shorten(id, MAX_CELL).replaceAll('`', "'")}\``);
  const address = rule && URL.parse(context.docsUrl(rule.id));
  if (address?.protocol !== 'https:') return name;
  return `[${name}](${address.href.replace(/[()|]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`;
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}\u2026`;
}
