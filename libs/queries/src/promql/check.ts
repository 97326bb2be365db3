import { error, inOrder, type ParseOptions, type QueryFault } from '../core/fault.ts';
import { checkAggregate, checkCall } from './calls.ts';
import type { PromqlType } from './functions.ts';
import { checkHints } from './hints.ts';
import { checkBinary } from './operators.ts';
import { parsePromql } from './parse.ts';
import { checkSelector } from './selectors.ts';
import type { PromqlTree, Range, Subquery } from './tree.ts';

export interface PromqlOptions extends ParseOptions {
  /** Prometheus runs with `promql-experimental-functions`. Mimir has a setting of its own for it. */
  readonly experimental?: boolean;
}

export interface Context {
  readonly options: PromqlOptions;
  readonly report: (fault: QueryFault) => void;
  /** Type of a part; its faults are reported on the way. */
  readonly typeOf: (tree: PromqlTree) => PromqlType;
}

const SHOWN: Readonly<Record<PromqlType, string>> = {
  scalar: 'a scalar',
  vector: 'an instant vector',
  range: 'a range vector',
  string: 'a string',
  any: 'anything',
};

/** A type as messages name it. */
export function typeName(type: PromqlType): string {
  return SHOWN[type];
}

/** A query of PromQL: everything for which Prometheus refuses it, or for which it never gives what it seems to ask. */
export function checkPromql(text: string, options: PromqlOptions = {}): readonly QueryFault[] {
  const { tree, faults } = parsePromql(text, options);
  return tree === undefined ? faults : inOrder(checkPromqlTree(tree, options));
}

export function checkPromqlTree(tree: PromqlTree, options: PromqlOptions = {}): readonly QueryFault[] {
  const faults: QueryFault[] = [];
  const context: Context = {
    options,
    report: (fault) => faults.push(fault),
    typeOf: (part) => typeOf(part, context),
  };
  context.typeOf(tree);
  if (!faults.some(({ severity }) => severity === 'error')) faults.push(...checkHints(tree));
  return faults;
}

function typeOf(tree: PromqlTree, context: Context): PromqlType {
  switch (tree.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'variable':
      return 'any';
    case 'paren':
      return context.typeOf(tree.of);
    case 'unary':
      return checkSign(tree, context.typeOf(tree.of), context);
    case 'selector':
      checkSelector(tree, context.report);
      return 'vector';
    case 'range':
      return checkRange(tree, context);
    case 'subquery':
      return checkSubquery(tree, context);
    case 'offset':
    case 'at':
      return checkModifier(tree, context);
    case 'call':
      return checkCall(tree, context);
    case 'aggregate':
      return checkAggregate(tree, context);
    case 'binary':
      return checkBinary(tree, context);
  }
}

function checkSign(tree: PromqlTree, type: PromqlType, { report }: Context): PromqlType {
  if (type === 'range' || type === 'string')
    report(error('type-mismatch', `a sign before ${typeName(type)}; it takes a scalar or an instant vector`, tree));
  return type;
}

function checkRange(tree: Range, { typeOf, report }: Context): PromqlType {
  const { of, range } = tree;
  const type = typeOf(of);
  if (of.kind === 'selector' || of.kind === 'variable') return 'range';
  const span = { start: of.start, end: tree.end };
  if (of.kind === 'offset' || of.kind === 'at') {
    const word = of.kind === 'at' ? '@' : 'offset';
    report(error('modifier-before-range', `\`${word}\` stands before the range`, of.place, 'put it after the `]`'));
    return 'range';
  }
  const message = `a range \`[${range.text}]\` of something that is no selector`;
  const help = type === 'range' ? undefined : `a subquery ranges over an expression: \`[${range.text}:]\``;
  report(error('range-of-expression', message, span, help));
  return 'range';
}

function checkSubquery(tree: Subquery, { typeOf, report }: Context): PromqlType {
  const type = typeOf(tree.of);
  if (type !== 'vector' && type !== 'any')
    report(error('type-mismatch', `a subquery of ${typeName(type)}; it takes an instant vector`, tree.of));
  return 'range';
}

type Modifier = Extract<PromqlTree, { kind: 'offset' | 'at' }>;

function checkModifier(tree: Modifier, { typeOf, report }: Context): PromqlType {
  const word = tree.kind === 'at' ? '@' : 'offset';
  let of = tree.of;
  for (; of.kind === 'offset' || of.kind === 'at'; of = of.of)
    if (of.kind === tree.kind)
      report(error('modifier-twice', `\`${word}\` stands here for the second time`, tree.place));
  const type = typeOf(tree.of);
  if (['selector', 'range', 'subquery', 'variable'].includes(of.kind)) return type;
  const help = 'put it into the brackets, after each selector';
  report(error('modifier-of-expression', `\`${word}\` after something that is no selector`, tree.place, help));
  return type;
}
