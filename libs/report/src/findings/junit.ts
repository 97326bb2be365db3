import { visible } from '@lgtm-fleet/diagnostics';
import type { Finding, RuleMeta } from '@lgtm-fleet/lint';
import { rulesById, type FindingContext } from './context.ts';
import { byPlace } from './order.ts';
import { locator, type Locate } from './position.ts';

/**
 * JUnit's XML: a suite per file with a case per finding, of which errors and warnings fail; and a suite of
 * the rules that found nothing, so that a clean run shows what was checked.
 */
export function junitFindings(findings: readonly Finding[], context: FindingContext): string {
  const locate = locator(context.sourceOf);
  const rules = rulesById(context);
  const files = Map.groupBy(findings.toSorted(byPlace), ({ file }) => file);
  const suites = [...files].map(([file, own]) =>
    suite(
      file,
      own.filter(fails).length,
      own.map((finding) => findingCase(finding, rules.get(finding.rule), context, locate)),
    ),
  );
  const loud = new Set(findings.map(({ rule }) => rule));
  const silent = context.rules
    .filter(({ id }) => !loud.has(id))
    .map(({ id, family }) => `    <testcase classname=${attribute(family)} name=${attribute(id)}/>`);
  if (silent.length > 0) suites.push(suite('rules without findings', 0, silent));
  const tests = findings.length + silent.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lgtm-fleet lint" tests="${tests}" failures="${findings.filter(fails).length}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, failures: number, cases: readonly string[]): string {
  return [
    `  <testsuite name=${attribute(name)} tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function findingCase(finding: Finding, meta: RuleMeta | undefined, context: FindingContext, locate: Locate): string {
  const { file, span, rule, severity, message, help, object, clusters } = finding;
  const start = span && locate(file, span)?.start;
  const place = start === undefined ? file : `${file}:${start.line}:${start.column}`;
  const text = [
    `${severity}[${rule}]: ${message}`,
    `--> ${place}`,
    ...(meta === undefined ? [] : [`why: ${meta.why}`]),
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...(object === undefined ? [] : [`object: ${object}`]),
    ...(clusters.length === 0 ? [] : [`clusters: ${clusters.join(', ')}`]),
    ...(meta === undefined ? [] : [`docs: ${context.docsUrl(meta.id)}`]),
  ]
    .map(escape)
    .join('\n');
  const head = `    <testcase classname=${attribute(file)} name=${attribute(`${rule} (${place})`)}>`;
  const body = fails(finding)
    ? `      <failure type=${attribute(severity)} message=${attribute(message)}>${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [head, body, '    </testcase>'].join('\n');
}

function fails({ severity }: Finding): boolean {
  return severity !== 'info';
}

function attribute(text: string): string {
  return `"${escape(text)}"`;
}

/** One line of text for an element or an attribute. XML 1.0 has no way to write control characters, halves of characters, U+FFFE and U+FFFF. */
function escape(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '\u00b7')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
