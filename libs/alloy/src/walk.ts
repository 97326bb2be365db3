import type { Span } from '@lgtm-fleet/diagnostics';
import type { Attribute, Block, Expression, Identifier, Statement } from './ast.ts';

/** What stands in an expression, one level down. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'array':
      return expression.elements;
    case 'object':
      return expression.fields.map((field) => field.value);
    case 'access':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'call':
      return [expression.callee, ...expression.parameters];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'parenthesized':
      return [expression.inner];
    default:
      return [];
  }
}

/** All arguments of a body and of the blocks in it, in their order, each with the blocks around it from the outside. */
export function attributesOf(
  body: readonly Statement[],
  within: readonly Block[] = [],
): readonly { readonly attribute: Attribute; readonly within: readonly Block[] }[] {
  return body.flatMap((statement) =>
    statement.kind === 'attribute'
      ? [{ attribute: statement, within }]
      : attributesOf(statement.body, [...within, statement]),
  );
}

/** A name with its accesses: `loki.write.main.receiver`. What follows an index or a call is no part of it. */
export interface Reference {
  readonly path: readonly Identifier[];
  readonly span: Span;
}

/** The reference that an expression is; none for anything else. */
export function asReference(expression: Expression): Reference | undefined {
  const names: Identifier[] = [];
  let at = expression;
  while (at.kind === 'access') {
    names.push(at.name);
    at = at.object;
  }
  if (at.kind !== 'identifier') return undefined;
  names.push({ name: at.name, span: at.span });
  return { path: names.reverse(), span: expression.span };
}

/** All references in an expression, in their order. */
export function referencesOf(expression: Expression): readonly Reference[] {
  const references: Reference[] = [];
  const open = [expression];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const reference = asReference(at);
    if (reference === undefined) for (const child of childrenOf(at).toReversed()) open.push(child);
    else references.push(reference);
  }
  return references;
}

/** The text that a constant has: a string, and strings joined by `+`. None where only Alloy can tell. */
export function constantText(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'string':
      return expression.value;
    case 'parenthesized':
      return constantText(expression.inner);
    case 'binary': {
      if (expression.operator !== '+') return undefined;
      const left = constantText(expression.left);
      const right = left === undefined ? undefined : constantText(expression.right);
      return left === undefined || right === undefined ? undefined : left + right;
    }
    default:
      return undefined;
  }
}
