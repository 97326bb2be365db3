import { shown } from '../core/cursor.ts';
import { error, inOrder, type ParseOptions, type QueryFault } from '../core/fault.ts';
import { checkNames, type Report } from '../core/matchers.ts';
import { checkLog } from './check-log.ts';
import { parseLogql } from './parse.ts';
import type { LogqlBinary, LogqlTree, RangeAggregation, VectorAggregation } from './tree.ts';
import { RANGE_AGGREGATIONS, VECTOR_AGGREGATIONS } from './words.ts';
import { readRegex } from '../core/regex.ts';
import { invalidRegex } from '../core/matchers.ts';

export interface LogqlOptions extends ParseOptions {
  /** A rule needs a number, so a query of lines is refused. */
  readonly expects?: 'metric' | 'log';
}

type LogqlType = 'log' | 'metric' | 'any';

/** A query of LogQL: everything for which Loki refuses it, when it reads it or when it first runs it. */
export function checkLogql(text: string, options: LogqlOptions = {}): readonly QueryFault[] {
  const { tree, faults } = parseLogql(text, options);
  return tree === undefined ? faults : inOrder(checkLogqlTree(tree, options));
}

export function checkLogqlTree(tree: LogqlTree, options: LogqlOptions = {}): readonly QueryFault[] {
  const faults: QueryFault[] = [];
  const report: Report = (fault) => faults.push(fault);
  const type = typeOf(tree, report);
  if (options.expects === 'metric' && type === 'log') report(linesFor('a rule', tree));
  if (options.expects === 'log' && type === 'metric')
    report(error('type-mismatch', 'a metric query where lines are wanted', tree));
  return faults;
}

function linesFor(taker: string, tree: LogqlTree): QueryFault {
  const help = 'count or measure the lines: `count_over_time(… [5m])`';
  return error('type-mismatch', `a log query gives lines; ${taker} takes numbers`, tree, help);
}

function typeOf(tree: LogqlTree, report: Report): LogqlType {
  switch (tree.kind) {
    case 'variable':
      return 'any';
    case 'number':
      return 'metric';
    case 'paren':
      return typeOf(tree.of, report);
    case 'log':
      checkLog(tree, report, false);
      return 'log';
    case 'range':
      checkRange(tree, report);
      return 'metric';
    case 'vector':
      checkVector(tree, report);
      return 'metric';
    case 'binary':
      checkBinary(tree, report);
      return 'metric';
    case 'label_replace': {
      expectMetric(tree.of, '`label_replace`', report);
      const regex = tree.texts[3];
      const read = regex === undefined || regex.variable ? undefined : readRegex(regex.text);
      if (regex !== undefined && read?.ok === false) report(invalidRegex('invalid-regex', read.problem, regex));
      return 'metric';
    }
  }
}

function expectMetric(tree: LogqlTree, taker: string, report: Report): void {
  if (typeOf(tree, report) === 'log') report(linesFor(taker, tree));
}

function checkRange(tree: RangeAggregation, report: Report): void {
  const { operator, operatorPlace, parameter, grouping, of } = tree;
  checkLog(of, report, true);
  const { takes, grouping: groups } = RANGE_AGGREGATIONS[operator] ?? { takes: 'either', grouping: true };
  const unwrap = of.stages.find(({ kind }) => kind === 'unwrap');
  const unknown = of.stages.some(({ kind }) => kind === 'variable');
  if (takes === 'values' && unwrap === undefined && !unknown) {
    const help = 'say which label holds the value: `| unwrap duration`';
    report(
      error('missing-unwrap', `${shown(operator)} measures values, and no \`unwrap\` gives one`, operatorPlace, help),
    );
  }
  if (takes === 'lines' && unwrap !== undefined)
    report(error('unwrap-of-lines', `${shown(operator)} counts lines and takes no \`unwrap\``, unwrap));
  if (grouping !== undefined && !groups) {
    const help = `group around it: \`sum by (…) (${operator}(…))\``;
    report(error('grouping-not-allowed', `${shown(operator)} groups by nothing`, grouping, help));
  }
  if (grouping !== undefined) checkNames(grouping.labels, operator, report);
  if (operator === 'quantile_over_time' && parameter === undefined)
    report(error('missing-parameter', `${shown(operator)} takes the quantile first`, operatorPlace));
  if (operator !== 'quantile_over_time' && parameter !== undefined)
    report(error('parameter-not-allowed', `${shown(operator)} takes no number`, parameter));
}

function checkVector(tree: VectorAggregation, report: Report): void {
  const { operator, operatorPlace, parameter, grouping } = tree;
  expectMetric(tree.of, shown(operator), report);
  if (grouping !== undefined) checkNames(grouping.labels, operator, report);
  if (operator === '') return;
  const takes = VECTOR_AGGREGATIONS[operator]?.parameter === true;
  if (takes && parameter === undefined)
    report(error('missing-parameter', `${shown(operator)} takes the number of series first`, operatorPlace));
  if (!takes && parameter !== undefined)
    report(error('parameter-not-allowed', `${shown(operator)} takes no number`, parameter));
  if (takes && parameter?.variable === false && !/^[1-9]\d*$/.test(parameter.text))
    report(error('invalid-parameter', `${shown(parameter.text)} is no number of series`, parameter));
  const sorts = operator === 'sort' || operator === 'sort_desc';
  const ungrouped = operator === 'approx_topk' || (sorts && (grouping?.labels.length ?? 0) > 0);
  if (grouping !== undefined && ungrouped)
    report(error('grouping-not-allowed', `${shown(operator)} groups by nothing`, grouping));
}

function checkBinary({ operator, left, right }: LogqlBinary, report: Report): void {
  for (const operand of [left, right]) {
    expectMetric(operand, shown(operator), report);
    if (/^(?:and|or|unless)$/.test(operator) && isLiteral(operand))
      report(error('type-mismatch', `${shown(operator)} of a number; it takes two metric queries`, operand));
  }
}

/** A bare number; `vector(1)` is a series. */
function isLiteral(tree: LogqlTree): boolean {
  if (tree.kind === 'paren') return isLiteral(tree.of);
  if (tree.kind === 'binary') return isLiteral(tree.left) && isLiteral(tree.right);
  return tree.kind === 'number' && !tree.vector;
}
