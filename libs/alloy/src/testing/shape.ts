import type { AlloyFile, Expression, Statement } from '../ast.ts';

type Shape = string | number | boolean | null | readonly Shape[];

/** What a file says, without where it says it: two files of one shape mean the same. */
export function shapeOf(file: AlloyFile): readonly Shape[] {
  return file.body.map(shapeOfStatement);
}

/** What its comments say. */
export function commentsOf(file: AlloyFile): readonly string[] {
  return file.comments.map(({ text }) => text);
}

function shapeOfStatement(statement: Statement): Shape {
  if (statement.kind === 'attribute') return ['=', statement.name.name, shapeOfExpression(statement.value)];
  return [statement.name.name, statement.label?.name ?? null, statement.body.map(shapeOfStatement)];
}

function shapeOfExpression(expression: Expression): Shape {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return [expression.kind, expression.raw, expression.value];
    case 'bool':
      return expression.value;
    case 'null':
      return null;
    case 'identifier':
      return expression.name;
    case 'array':
      return ['[', expression.elements.map(shapeOfExpression)];
    case 'object':
      return ['{', expression.fields.map(({ key, value }) => [key.name, shapeOfExpression(value)])];
    case 'access':
      return ['.', shapeOfExpression(expression.object), expression.name.name];
    case 'index':
      return ['[]', shapeOfExpression(expression.object), shapeOfExpression(expression.index)];
    case 'call':
      return ['()', shapeOfExpression(expression.callee), expression.parameters.map(shapeOfExpression)];
    case 'unary':
      return [expression.operator, shapeOfExpression(expression.operand)];
    case 'binary':
      return [expression.operator, shapeOfExpression(expression.left), shapeOfExpression(expression.right)];
    case 'parenthesized':
      return ['(', shapeOfExpression(expression.inner)];
  }
}
