import { shown } from '../core/cursor.ts';
import { error, inOrder, type ParseOptions, type QueryFault } from '../core/fault.ts';
import type { Report } from '../core/matchers.ts';
import { isNumeric, isOpen, seesSpan, typeOfField, typeText } from './check-fields.ts';
import { parseTraceql } from './parse.ts';
import type { Field, TraceqlTree } from './tree.ts';

/** What a part gives: spans, a number per set of spans, a bare number, series, or the series of `compare()`. */
type Gives = 'spans' | 'scalar' | 'number' | 'metrics' | 'compared' | 'any';
type Binary = Extract<TraceqlTree, { kind: 'binary' }>;

const SHOWN: Readonly<Record<Gives, string>> = {
  spans: 'spans',
  scalar: 'an aggregate',
  number: 'a number',
  metrics: 'series',
  compared: 'what `compare()` gives',
  any: 'anything',
};

/** A query of TraceQL: everything for which Tempo refuses it, and durations compared without a unit. */
export function checkTraceql(text: string, options: ParseOptions = {}): readonly QueryFault[] {
  const { tree, faults } = parseTraceql(text, options);
  return tree === undefined ? faults : inOrder(checkTraceqlTree(tree));
}

export function checkTraceqlTree(tree: TraceqlTree): readonly QueryFault[] {
  const faults: QueryFault[] = [];
  const report: Report = (fault) => faults.push(fault);
  const gives = givesOf(tree, report, true);
  if (gives === 'scalar' || gives === 'number') {
    const help = gives === 'scalar' ? 'compare it: `count() > 2`' : undefined;
    report(error('query-of-number', `${SHOWN[gives]} alone is no query`, tree, help));
  }
  return faults;
}

function givesOf(tree: TraceqlTree, report: Report, first: boolean): Gives {
  switch (tree.kind) {
    case 'variable':
      return 'any';
    case 'number':
      return 'number';
    case 'negative':
      if (givesOf(tree.of, report, first) !== 'number')
        report(error('type-mismatch', '`-` stands before numbers only', tree));
      return 'number';
    case 'paren':
      return givesOf(tree.of, report, true);
    case 'pipeline':
      return checkPipeline(tree.steps, report);
    case 'binary':
      return checkBinary(tree, report, first);
    case 'filter':
      checkFilter(tree.field, tree, report);
      return 'spans';
    case 'aggregate':
      checkAggregate(tree, report);
      return 'scalar';
    case 'coalesce':
      if (first) report(error('step-out-of-place', '`coalesce()` stands behind other steps', tree));
      return 'spans';
    case 'by':
    case 'select':
      for (const field of tree.fields) checkSeen(field, tree.kind, report);
      return 'spans';
    case 'metrics':
      checkMetrics(tree, first, report);
      return tree.name === 'compare' ? 'compared' : 'metrics';
    case 'top':
      if (first) report(metricsBefore(tree));
      return 'metrics';
  }
}

function checkFilter(field: Field | undefined, span: TraceqlTree, report: Report): void {
  const type = field === undefined ? 'boolean' : typeOfField(field, report);
  if (type !== 'boolean' && !isOpen(type))
    report(error('type-mismatch', `a selection is true or false, not ${typeText(type)}`, field ?? span));
}

function checkAggregate(tree: Extract<TraceqlTree, { kind: 'aggregate' }>, report: Report): void {
  if (tree.field === undefined) return;
  const type = typeOfField(tree.field, report);
  if (!isNumeric(type) && !isOpen(type))
    report(error('type-mismatch', `${shown(tree.name)} takes numbers, not ${typeText(type)}`, tree.field));
  else if (!seesSpan(tree.field))
    report(error('constant-field', `${shown(tree.name)} of what no span has`, tree.field));
}

function checkSeen(field: Field, name: string, report: Report): void {
  typeOfField(field, report);
  if (!seesSpan(field)) report(error('constant-field', `${shown(name)} of what no span has`, field));
}

function checkMetrics(tree: Extract<TraceqlTree, { kind: 'metrics' }>, first: boolean, report: Report): void {
  if (first) {
    const help = `select spans first: \`{ … } | ${tree.name}(…)\``;
    report(error('step-out-of-place', `${shown(tree.name)} stands behind a selection`, tree, help));
  }
  for (const field of [...(tree.field === undefined ? [] : [tree.field]), ...tree.by]) {
    const type = typeOfField(field, report);
    const measured = field === tree.field && tree.name !== 'compare';
    if (measured && !isNumeric(type) && !isOpen(type))
      report(error('type-mismatch', `${shown(tree.name)} takes numbers, not ${typeText(type)}`, field));
  }
}

function metricsBefore(tree: TraceqlTree): QueryFault {
  const help = 'make series first: `| rate()`';
  return error('step-out-of-place', '`topk` and `bottomk` stand behind a metrics step', tree, help);
}

/** Steps over spans, then perhaps one that makes numbers or series, then steps over series. */
function checkPipeline(steps: readonly TraceqlTree[], report: Report): Gives {
  let before: Gives = 'spans';
  for (const [index, step] of steps.entries()) {
    const gives = givesOf(step, report, index === 0);
    const top = step.kind === 'top' || (step.kind === 'binary' && leftmost(step).kind === 'top');
    if (top && before !== 'metrics' && before !== 'any' && index > 0) report(metricsBefore(step));
    if (!top && (before === 'metrics' || before === 'compared'))
      report(
        error('step-out-of-place', 'behind a metrics step only `topk`, `bottomk` or a comparison may stand', step),
      );
    if (before === 'scalar' || before === 'number' || gives === 'number')
      report(error('step-out-of-place', `a step of a pipeline gives ${SHOWN[gives]}, which nothing takes`, step));
    before = gives;
  }
  return before;
}

function leftmost(tree: TraceqlTree): TraceqlTree {
  let at = tree;
  while (at.kind === 'binary') at = at.left;
  return at;
}

function checkBinary(tree: Binary, report: Report, first: boolean): Gives {
  const { operator, left, right } = tree;
  const gives = [givesOf(left, report, first), givesOf(right, report, true)] as const;
  if (gives.includes('any')) return gives.find((one) => one !== 'any') ?? 'any';
  if (/^[-+*/%^]$/.test(operator)) return checkArithmetic(tree, gives, report);
  const comparison = /^(?:=|!=|<=?|>=?)$/.test(operator);
  if (comparison && gives[0] === 'metrics' && gives[1] === 'number') return 'metrics';
  if (comparison && gives[0] === 'scalar' && gives[1] === 'number') return 'spans';
  if (comparison && (gives[0] === 'scalar' || gives[1] === 'scalar')) {
    const message = 'Tempo compares one aggregate with a number to its right, nothing else yet';
    report(error('not-supported', message, tree));
    return 'spans';
  }
  const spans = gives.every((one) => one === 'spans');
  const structural = !/^(?:=|!=|<=|>=)$/.test(operator);
  if (!spans || !structural) report(mismatch(tree, gives));
  else for (const operand of [left, right]) if (!isSpanset(operand)) report(bare(operand, operator));
  return 'spans';
}

/** Spans themselves or a pipeline in brackets; `count() > 2` needs brackets beside `&&`. */
function isSpanset(tree: TraceqlTree): boolean {
  if (tree.kind === 'binary') return isSpanset(tree.left) && isSpanset(tree.right);
  return tree.kind === 'filter' || tree.kind === 'paren';
}

function bare(operand: TraceqlTree, operator: string): QueryFault {
  const help = 'put the pipeline into brackets: `({ … } | count() > 2)`';
  return error('type-mismatch', `${shown(operator)} stands between selections`, operand, help);
}

function mismatch({ operator, ...tree }: Binary, [left, right]: readonly [Gives, Gives]): QueryFault {
  return error('type-mismatch', `${shown(operator)} of ${SHOWN[left]} and ${SHOWN[right]}`, tree);
}

function checkArithmetic(tree: Binary, gives: readonly [Gives, Gives], report: Report): Gives {
  const timed = [tree.left, tree.right].find(isDuration);
  if (timed !== undefined)
    report(error('duration-arithmetic', 'Tempo calculates with plain numbers here, not with durations', timed));
  const numbers = gives.every((one) => one === 'number');
  if (numbers) return 'number';
  if (gives.every((one) => one === 'number' || one === 'scalar')) {
    report(error('not-supported', 'Tempo does not calculate with aggregates yet', tree));
    return 'scalar';
  }
  const series = gives.every((one) => one === 'number' || one === 'metrics') && /^[-+*/]$/.test(tree.operator);
  if (!series) {
    report(mismatch(tree, gives));
    return 'any';
  }
  for (const operand of [tree.left, tree.right]) if (leftmost(operand).kind === 'metrics') report(unbracketed(operand));
  return 'metrics';
}

function isDuration(tree: TraceqlTree): boolean {
  if (tree.kind === 'paren' || tree.kind === 'negative') return isDuration(tree.of);
  return tree.kind === 'number' && tree.type === 'duration';
}

function unbracketed(operand: TraceqlTree): QueryFault {
  const help = 'put each metrics query into brackets: `({ … } | rate()) * 60`';
  return error('metrics-without-brackets', 'a metrics query is calculated with only in brackets', operand, help);
}
