import type { CheckResult, Counts, Report } from '../e2e/report.ts';

/** Between these two lines of README.md is what the committed report says. */
export const MARKERS = ['<!-- e2e -->', '<!-- /e2e -->'] as const;
type Markers = readonly [string, string];

const HEAD = ['scenario', 'passed', 'failed', 'not run', 'seconds', 'pushed', 'acknowledged', 'read back', 'lost'];
const COUNTS: readonly (keyof Counts)[] = ['pushed', 'acknowledged', 'readBack', 'lost'];
/** Of a number there is none; not the same as zero. */
const NONE = '';

/** The figures of a report as Markdown, as Prettier would lay it out: a row for each scenario, and what did not run. */
export function e2eSection(report: Report): string {
  const scenarios = [...Map.groupBy(report.checks, ({ scenario }) => scenario)];
  const idle = report.checks.filter(({ status }) => status === 'not run');
  return [
    ...markdownTable([HEAD, ...scenarios.map(([name, checks]) => row(name, checks))]),
    '',
    `Measured in ${Math.round(report.seconds / 60).toFixed()} minutes on Kubernetes ${report.kubernetes} (${report.environment}).`,
    ...(idle.length === 0 ? [] : ['', 'Not run, and so not proven:', '', ...reasons(idle)]),
  ].join('\n');
}

/**
 * A page with a section between its markers.
 * @throws where the page has no markers to write between
 */
export function withSection(page: string, [start, end]: Markers, section: string): string {
  const [before, rest] = page.split(`${start}\n`);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no place for it: ${start} … ${end}`);
  return `${before}${start}\n\n${section}\n\n${end}${after}`;
}

export function withE2eSection(page: string, report: Report): string {
  return withSection(page, MARKERS, e2eSection(report));
}

function row(scenario: string, checks: readonly CheckResult[]): readonly string[] {
  const count = (wanted: CheckResult['status']) => checks.filter(({ status }) => status === wanted).length.toFixed();
  return [
    scenario,
    count('passed'),
    count('failed'),
    count('not run'),
    Math.round(checks.reduce((sum, { seconds }) => sum + seconds, 0)).toFixed(),
    ...COUNTS.map((key) => {
      const counted = checks.flatMap(({ counts }) => counts?.[key] ?? []);
      return counted.length === 0 ? NONE : counted.reduce((sum, one) => sum + one, 0).toLocaleString('en');
    }),
  ];
}

/** Why checks did not run, each reason once. */
function reasons(idle: readonly CheckResult[]): readonly string[] {
  const grouped = Map.groupBy(idle, ({ detail = 'no reason given' }) => detail);
  return [...grouped].map(
    ([reason, checks]) => `- ${[...new Set(checks.map(({ name }) => name))].join('; ')}: ${reason}`,
  );
}

/** As Prettier lays it out. */
export function markdownTable(
  rows: readonly (readonly string[])[],
  isNumber: (column: number) => boolean = (column) => column > 0,
): readonly string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), `| ${rule.join(' | ')} |`, ...body.map(line)];
}
