/** Values of the Alloy configuration language: what may stand to the right of an `=`. */

const node: unique symbol = Symbol('alloy expression');

/** What another component exports, or a constant: `loki.write.main.receiver`. */
interface Reference {
  readonly [node]: 'reference';
  readonly path: string;
}

/** A call of the standard library: `sys.env("NODE_NAME")`. */
interface Call {
  readonly [node]: 'call';
  readonly callee: string;
  readonly parameters: readonly Expression[];
}

/** Operands joined by `+`. */
interface Sum {
  readonly [node]: 'sum';
  readonly operands: readonly Expression[];
}

export type Computed = Reference | Call | Sum;

export type Expression =
  string | number | boolean | readonly Expression[] | { readonly [key: string]: Expression } | Computed;

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** True where the text can be a label, a key or an argument without quotes. */
export function isIdentifier(text: string): boolean {
  return identifier.test(text) && !['true', 'false', 'null'].includes(text);
}

/** @throws Error when the path is not identifiers joined by dots. */
export function reference(path: string): Computed {
  if (!path.split('.').every(isIdentifier)) throw new Error(`'${path}' is not a reference`);
  return { [node]: 'reference', path };
}

/** A call of a function of the standard library, such as `sys.env`. */
export function call(callee: string, ...parameters: readonly Expression[]): Computed {
  return { [node]: 'call', callee, parameters };
}

export function sum(...operands: readonly Expression[]): Computed {
  return { [node]: 'sum', operands };
}

export function isComputed(value: Expression): value is Computed {
  return typeof value === 'object' && node in value;
}

/** An expression as `alloy fmt` prints it, its first line where the caller stands. */
export function printExpression(value: Expression, indent: string): string {
  if (typeof value === 'string') return printString(value);
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (isComputed(value)) return printComputed(value, indent);
  return isList(value) ? printList(value, indent) : printObject(value, indent);
}

function isList(value: readonly Expression[] | { readonly [key: string]: Expression }): value is readonly Expression[] {
  return Array.isArray(value);
}

function printComputed(value: Computed, indent: string): string {
  switch (value[node]) {
    case 'reference':
      return value.path;
    case 'call':
      return `${value.callee}(${value.parameters.map((parameter) => printExpression(parameter, indent)).join(', ')})`;
    case 'sum':
      return value.operands.map((operand) => printExpression(operand, indent)).join(' + ');
  }
}

/** Raw where that spares escapes (regular expressions, OTTL), else quoted as Go reads it. */
function printString(text: string): string {
  if (!text.isWellFormed()) throw new Error(`${JSON.stringify(text)} holds half a surrogate pair`);
  // A raw string is taken as it is, so it may hold neither its own quote nor anything unprintable.
  if (/["\\]/.test(text) && /^[^`\p{Cc}]*$/u.test(text)) return `\`${text}\``;
  // A document in itself, such as YAML, is read line by line.
  if (/^(?:[^`\p{Cc}]*\n){2,}$/u.test(text)) return `\`${text}\``;
  return JSON.stringify(text);
}

function printNumber(value: number): string {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`${text} cannot be written as a number`);
  return text;
}

const widestList = 100;

function printList(values: readonly Expression[], indent: string): string {
  const inner = `${indent}\t`;
  const oneLine = `[${values.map((value) => printExpression(value, indent)).join(', ')}]`;
  if (!oneLine.includes('\n') && oneLine.length <= widestList) return oneLine;
  return `[\n${values.map((value) => `${inner}${printExpression(value, inner)},\n`).join('')}${indent}]`;
}

function printObject(value: { readonly [key: string]: Expression }, indent: string): string {
  const inner = `${indent}\t`;
  const fields = Object.entries(value).map(([key, field]) => ({
    name: isIdentifier(key) ? key : JSON.stringify(key),
    value: printExpression(field, inner),
  }));
  if (fields.length === 0) return '{}';
  return `{\n${alignAssignments(fields)
    .map((line) => `${inner}${line},\n`)
    .join('')}${indent}}`;
}

/**
 * `name = value` lines with their `=` under each other, as `alloy fmt` has them: a value over several
 * lines is the last of its run.
 */
export function alignAssignments(
  assignments: readonly { readonly name: string; readonly value: string }[],
): readonly string[] {
  const lines: string[] = [];
  let run: { name: string; value: string }[] = [];
  for (const [index, assignment] of assignments.entries()) {
    run.push(assignment);
    if (!assignment.value.includes('\n') && index + 1 < assignments.length) continue;
    const width = Math.max(...run.map(({ name }) => name.length));
    lines.push(...run.map(({ name, value }) => `${name.padEnd(width)} = ${value}`));
    run = [];
  }
  return lines;
}
