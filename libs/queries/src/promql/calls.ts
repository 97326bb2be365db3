import { nearest } from '@lgtm-fleet/diagnostics';
import { shown } from '../core/cursor.ts';
import { error, warning } from '../core/fault.ts';
import { checkNames, invalidRegex } from '../core/matchers.ts';
import { readRegex } from '../core/regex.ts';
import { type Context, typeName } from './check.ts';
import { promqlFunctions, type PromqlType, type Signature } from './functions.ts';
import { checkSelector } from './selectors.ts';
import type { Aggregate, Call, PromqlTree } from './tree.ts';
import { AGGREGATIONS } from './words.ts';

/** A function: its name, and the number and types of its arguments. */
export function checkCall(tree: Call, context: Context): PromqlType {
  const { name } = tree;
  const signature = promqlFunctions.get(name.text);
  if (signature === undefined) {
    for (const argument of tree.arguments) context.typeOf(argument);
    if (!name.variable) reportUnknown(tree, context);
    return 'any';
  }
  if (signature.experimental && context.options.experimental !== true) {
    const help = 'it needs the feature `promql-experimental-functions`';
    context.report(error('experimental-function', `${shown(name.text)} is experimental and not enabled`, name, help));
  }
  checkCount(tree, signature, context);
  tree.arguments.forEach((argument, index) => {
    const last = signature.arguments.length - 1;
    const expected = signature.arguments[signature.most > last + 1 ? Math.min(index, last) : index];
    if (name.text === 'info' && index === 1) checkInfo(argument, context);
    else checkArgument(argument, expected, name.text, context);
  });
  checkTexts(tree, context);
  return signature.returns;
}

function reportUnknown({ name }: Call, { report }: Context): void {
  const meant = nearest(name.text, [...promqlFunctions.keys(), ...Object.keys(AGGREGATIONS)]);
  const help = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
  report(error('unknown-function', `${shown(name.text)} is no function of Prometheus`, name, help));
}

function checkCount({ name, ...tree }: Call, { least, most }: Signature, { report }: Context): void {
  const given = tree.arguments.length;
  if (given >= least && given <= most) return;
  const range = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  const count = least === most ? String(least) : range;
  const message = `${shown(name.text)} takes ${count} ${count === '1' ? 'argument' : 'arguments'}, not ${given}`;
  report(error('wrong-number-of-arguments', message, tree));
}

function checkArgument(argument: PromqlTree, expected: PromqlType | undefined, of: string, context: Context): void {
  const type = context.typeOf(argument);
  if (expected === undefined || type === expected || type === 'any') return;
  const message = `${shown(of)} takes ${typeName(expected)} here, not ${typeName(type)}`;
  context.report(error('type-mismatch', message, argument, helpFor(expected, type, argument)));
}

function helpFor(expected: PromqlType, given: PromqlType, argument: PromqlTree): string | undefined {
  if (expected === 'range' && given === 'vector')
    return argument.kind === 'selector' ? 'give it a range: `[5m]`' : 'a subquery ranges over an expression: `[5m:]`';
  if (expected === 'vector' && given === 'scalar') return 'make a vector of it: `vector(…)`';
  if (expected === 'scalar' && given === 'vector') return 'make a scalar of a single series: `scalar(…)`';
  if (expected === 'vector' && given === 'range') return 'take the range away, or the value of it: `last_over_time(…)`';
  return undefined;
}

/** The second argument of `info` selects by labels alone. */
function checkInfo(argument: PromqlTree, { report }: Context): void {
  if (argument.kind === 'selector' && argument.name === undefined) checkSelector(argument, report, true);
  else if (argument.kind !== 'variable')
    report(error('type-mismatch', '`info` takes matchers of labels here: `{…}`', argument));
}

const LABEL = /^[A-Za-z_]\w*$/;

/** Texts that Prometheus reads only when it evaluates, so that it takes the query and then fails on every turn. */
function checkTexts(tree: Call, { report }: Context): void {
  const texts = tree.arguments.map((argument) =>
    argument.kind === 'string' && !argument.variable ? argument : undefined,
  );
  const target = tree.name.text === 'label_replace' || tree.name.text === 'label_join' ? texts[1] : undefined;
  if (target !== undefined && !LABEL.test(target.value))
    report(error('invalid-label', `${shown(target.value)} names no label`, target));
  const expression = tree.name.text === 'label_replace' ? texts[4] : undefined;
  if (expression === undefined) return;
  const regex = readRegex(expression.value);
  if (!regex.ok) report(invalidRegex('invalid-replacement-regex', regex.problem, expression));
}

/** `sum`, `topk` and so on. */
export function checkAggregate(tree: Aggregate, context: Context): PromqlType {
  const { operator, operatorPlace, grouping } = tree;
  const { parameter, experimental } = AGGREGATIONS[operator] ?? {};
  if (experimental === true && context.options.experimental !== true) {
    const help = 'it needs the feature `promql-experimental-functions`';
    const message = `${shown(operator)} is experimental and not enabled`;
    context.report(error('experimental-function', message, operatorPlace, help));
  }
  const expected: readonly PromqlType[] = parameter === undefined ? ['vector'] : [parameter, 'vector'];
  const given = tree.arguments.length;
  if (given !== expected.length) {
    const message = `${shown(operator)} takes ${expected.length === 1 ? 'one argument' : 'two arguments'}, not ${given}`;
    context.report(error('wrong-number-of-arguments', message, tree));
  }
  tree.arguments.forEach((argument, index) => {
    checkArgument(argument, expected[index], operator, context);
  });
  if (grouping !== undefined) checkNames(grouping.labels, operator, context.report);
  if (operator === 'quantile') checkQuantile(tree.arguments[0], context);
  return 'vector';
}

function checkQuantile(argument: PromqlTree | undefined, { report }: Context): void {
  if (argument?.kind !== 'number' || argument.value === undefined) return;
  if (argument.value >= 0 && argument.value <= 1) return;
  const message = `the quantile ${argument.value} is not from 0 to 1, so the result is infinite`;
  report(warning('quantile-out-of-range', message, argument));
}
