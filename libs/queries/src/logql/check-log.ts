import { shown } from '../core/cursor.ts';
import { error } from '../core/fault.ts';
import { checkMatcher, invalidRegex, type Report } from '../core/matchers.ts';
import type { Name } from '../core/parts.ts';
import { readRegex } from '../core/regex.ts';
import type { LogQuery, Stage } from './tree.ts';

/** The selector and the stages of a log query. Only a range aggregation may unwrap. */
export function checkLog({ matchers, selector, stages }: LogQuery, report: Report, unwraps: boolean): void {
  const selects = matchers.map((matcher) => !checkMatcher(matcher, report));
  if (!selects.includes(true)) {
    const help = 'match one label that cannot be empty: `{namespace="…"}`, `{namespace=~".+"}`';
    report(error('selects-everything', 'every matcher here also matches streams without the label', selector, help));
  }
  let unwrapped = false;
  for (const stage of stages) {
    if (unwrapped && stage.kind !== 'label')
      report(error('stage-after-unwrap', 'behind `unwrap` only label filters may stand', stage));
    if (stage.kind === 'unwrap') {
      unwrapped = true;
      if (!unwraps) report(error('unwrap-without-range', '`unwrap` gives values for a range aggregation only', stage));
    }
    checkStage(stage, report);
  }
}

function checkStage(stage: Stage, report: Report): void {
  switch (stage.kind) {
    case 'line':
      checkLines(stage, report);
      return;
    case 'label':
      for (const { label, operator, value, of, start, end } of stage.filters)
        if (of === 'text' && (operator === '=~' || operator === '!~'))
          checkMatcher({ label, operator, value, start, end }, report);
      return;
    case 'drop':
    case 'keep':
      for (const matcher of stage.matchers) checkMatcher(matcher, report);
      return;
    case 'parser':
      if (stage.text === undefined || stage.text.variable) return;
      if (stage.name === 'regexp') checkExpression(stage.text, report);
      else checkPattern(stage.text, report);
      return;
    case 'label_format':
      checkTargets(stage.labels, report);
      return;
    default:
      return;
  }
}

function checkLines({ operator, texts }: Extract<Stage, { kind: 'line' }>, report: Report): void {
  for (const text of texts) {
    if (text.variable) continue;
    if (text.ip && operator !== '|=' && operator !== '!=')
      report(error('invalid-filter', `\`ip\` filters by \`|=\` and \`!=\`, not by \`${operator}\``, text));
    // Loki reads these only when it first runs the query.
    const regex = !text.ip && (operator === '|~' || operator === '!~') ? readRegex(text.text) : undefined;
    if (regex?.ok === false) report(invalidRegex('invalid-line-regex', regex.problem, text));
    const named = operator === '|>' || operator === '!>' ? /<(?!_>)([A-Za-z_]\w*)>/.exec(text.text)?.[0] : undefined;
    if (named !== undefined)
      report(error('invalid-line-pattern', `a filter takes nothing out: ${shown(named)}`, text, 'write `<_>`'));
  }
}

function checkExpression(text: Name, report: Report): void {
  const regex = readRegex(text.text);
  if (!regex.ok) {
    report(invalidRegex('invalid-regex', regex.problem, text));
    return;
  }
  if (regex.groups.length === 0) {
    const help = 'name what it takes out: `(?P<status>\\d+)`';
    report(error('nothing-extracted', 'the expression has no named group, so it takes nothing out', text, help));
  }
  const twice = regex.groups.find((group, index) => regex.groups.indexOf(group) !== index);
  if (twice !== undefined) report(error('label-twice', `${shown(twice)} is taken out twice`, text));
}

const CAPTURE = /<([A-Za-z_]\w*)>/g;

function checkPattern(text: Name, report: Report): void {
  const found = [...text.text.matchAll(CAPTURE)];
  const names = found.map(([, name]) => name ?? '').filter((name) => name !== '_');
  if (names.length === 0) {
    const help = 'name what it takes out: `<status>`';
    report(error('nothing-extracted', 'the pattern has no named part, so it takes nothing out', text, help));
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) report(error('label-twice', `${shown(twice)} is taken out twice`, text));
  const ends = new Set(found.map((match) => match.index + match[0].length));
  if (found.some(({ index }) => ends.has(index)))
    report(error('invalid-pattern', 'two parts of the pattern touch, so nothing says where one ends', text));
}

/** Loki makes each label once a stage; it refuses two formats of one label when it first runs the query. */
function checkTargets(labels: readonly Name[], report: Report): void {
  const seen = new Set<string>();
  for (const label of labels) {
    if (seen.has(label.text)) report(error('format-twice', `${shown(label.text)} is made twice in one stage`, label));
    seen.add(label.text);
  }
}
