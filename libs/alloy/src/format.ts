import type {
  AlloyFile,
  ArrayExpression,
  Attribute,
  Block,
  Expression,
  FieldKey,
  ObjectExpression,
  Statement,
} from './ast.ts';
import { lineFinder } from './lines.ts';
import { parseAlloy } from './parse.ts';
import { createWriter, type Writer } from './writer.ts';

/**
 * A configuration in the style of `alloy fmt`: tabs, `=` under `=` in a run of arguments, a blank line before
 * a block. Formatting the result again changes nothing, and what it means stays: a raw string, whose tabs
 * and trailing spaces Alloy 1.18.1 loses, is left as it is. What cannot be read is returned as it came.
 */
export function formatAlloy(input: AlloyFile | string): string {
  const file = typeof input === 'string' ? parseAlloy(input).file : input;
  if (!file.complete) return file.source;
  const lineOf = lineFinder(file.source);
  const writer = createWriter(file.comments, lineOf);
  const context: Context = { ...writer, lineOf };
  writeBody(context, file.body);
  return writer.finish();
}

interface Context extends Writer {
  readonly lineOf: (offset: number) => number;
}

function writeBody(context: Context, body: readonly Statement[]): void {
  let previous: Statement | undefined;
  for (const statement of body) {
    if (previous !== undefined && (statement.kind === 'block' || linesBetween(context, previous, statement) > 1))
      context.pend('feed');
    // A statement over several lines ends a run.
    const several = statement.kind === 'block' ? writeBlock(context, statement) : writeAttribute(context, statement);
    context.pend(several ? 'feed' : 'line');
    previous = statement;
  }
}

function linesBetween(context: Context, previous: Statement, statement: Statement): number {
  return context.lineOf(statement.span.start) - context.lineOf(previous.span.end - 1);
}

/** True when it takes several lines. */
function writeAttribute(context: Context, { name, value }: Attribute): boolean {
  context.token(name.name, name.span);
  const first = context.lines();
  context.pend('column');
  context.glue('=');
  context.pend('space');
  writeExpression(context, value);
  return context.lines() > first;
}

function writeBlock(context: Context, { name, label, open, body, close }: Block): boolean {
  // A comment between the parts of the name goes before it.
  context.token(name.name, { start: name.span.end - 1, end: name.span.end });
  const first = context.lines();
  if (label !== undefined) {
    context.pend('space');
    context.token(`"${label.name}"`, label.span);
  }
  context.pend('space');
  context.token('{', open);
  context.pend('indent');
  if (body.length === 0) {
    context.pend('space');
  } else {
    context.pend('feed');
    writeBody(context, body);
  }
  context.pend('outdent');
  context.token('}', close);
  return context.lines() > first;
}

function writeExpression(context: Context, expression: Expression): void {
  const { span } = expression;
  const last = { start: span.end - 1, end: span.end };
  switch (expression.kind) {
    case 'number':
    case 'string':
      context.token(expression.raw, span);
      return;
    case 'bool':
      context.token(String(expression.value), span);
      return;
    case 'null':
      context.token('null', span);
      return;
    case 'identifier':
      context.token(expression.name, span);
      return;
    case 'array':
      writeArray(context, expression);
      return;
    case 'object':
      writeObject(context, expression);
      return;
    case 'access':
      writeExpression(context, expression.object);
      // `1 .a` is no `1.a`.
      if (expression.object.kind === 'number') context.pend('space');
      context.token('.', expression.dot);
      context.token(expression.name.name, expression.name.span);
      return;
    case 'index':
      writeExpression(context, expression.object);
      context.token('[', expression.open);
      writeExpression(context, expression.index);
      context.token(']', last);
      return;
    case 'call':
      writeExpression(context, expression.callee);
      writeParameters(context, expression);
      return;
    case 'unary':
      context.token(expression.operator, { start: span.start, end: span.start + 1 });
      writeExpression(context, expression.operand);
      return;
    case 'binary':
      writeExpression(context, expression.left);
      context.pend('space');
      context.token(expression.operator, expression.operatorSpan);
      context.pend('space');
      writeExpression(context, expression.right);
      return;
    case 'parenthesized':
      context.token('(', { start: span.start, end: span.start + 1 });
      writeExpression(context, expression.inner);
      context.token(')', last);
  }
}

/** Elements stay on the lines they are on; a bracket on a line of its own wants a comma before it. */
function writeArray(context: Context, { elements, span }: ArrayExpression): void {
  context.token('[', { start: span.start, end: span.start + 1 });
  let line = context.lineOf(span.start);
  for (const [index, element] of elements.entries()) {
    const moved = context.lineOf(element.span.start) !== line;
    if (moved) context.pend('indent', 'feed');
    else if (index > 0) context.pend('space');
    writeExpression(context, element);
    if (index + 1 < elements.length) context.glue(',');
    if (moved) context.pend('outdent');
    line = context.lineOf(element.span.end - 1);
  }
  const close = span.end - 1;
  if (elements.length > 0 && context.lineOf(close) !== line) {
    context.glue(',');
    // A comment before the bracket belongs to the elements.
    context.pend('indent', 'feed', 'outdent');
  }
  context.token(']', { start: close, end: span.end });
}

function writeObject(context: Context, { fields, span }: ObjectExpression): void {
  context.token('{', { start: span.start, end: span.start + 1 });
  context.pend('indent');
  let line = context.lineOf(span.start);
  let several = true;
  for (const [index, { key, value }] of fields.entries()) {
    if (context.lineOf(key.span.start) !== line) context.pend(several ? 'feed' : 'line');
    else if (index > 0) context.pend('space');
    context.token(printKey(key), key.span);
    const first = context.lines();
    context.pend('column');
    context.glue('=');
    context.pend('space');
    writeExpression(context, value);
    if (index + 1 < fields.length) context.glue(',');
    several = context.lines() > first;
    line = context.lineOf(key.span.end - 1);
  }
  const close = span.end - 1;
  if (fields.length > 0 && context.lineOf(close) !== line) {
    context.glue(',');
    context.pend('feed');
  }
  context.pend('outdent');
  context.token('}', { start: close, end: span.end });
}

/** `alloy fmt` has keys in double quotes; in backticks stays what would read otherwise in them. */
function printKey({ name, raw }: FieldKey): string {
  return raw.startsWith('`') && /^[^"\\\p{C}]*$/u.test(name) ? `"${name}"` : raw;
}

function writeParameters(context: Context, { open, parameters, span }: Extract<Expression, { kind: 'call' }>): void {
  context.token('(', open);
  let line = context.lineOf(open.start);
  for (const [index, parameter] of parameters.entries()) {
    const moved = context.lineOf(parameter.span.start) !== line;
    if (moved) context.pend('feed', 'indent');
    writeExpression(context, parameter);
    if (index + 1 < parameters.length) {
      context.glue(',');
      context.pend('space');
    }
    if (moved) context.pend('outdent');
    line = context.lineOf(parameter.span.end - 1);
  }
  const close = span.end - 1;
  if (parameters.length > 0 && context.lineOf(close) !== line) {
    context.glue(',');
    context.pend('feed');
  }
  context.token(')', { start: close, end: span.end });
}
