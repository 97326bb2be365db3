import { shown } from '../core/cursor.ts';
import { error, warning } from '../core/fault.ts';
import { invalidRegex, type Report } from '../core/matchers.ts';
import { readRegex } from '../core/regex.ts';
import type { TraceqlType } from './names.ts';
import type { Field } from './tree.ts';

type Binary = Extract<Field, { kind: 'binary' }>;

export function isNumeric(type: TraceqlType): boolean {
  return type === 'int' || type === 'float' || type === 'duration';
}

/** Nobody knows the type before the query runs. */
export function isOpen(type: TraceqlType): boolean {
  return type === 'attribute' || type === 'any';
}

/** Whether it looks at the span at all: `by(1 + 2)` does not. */
export function seesSpan(field: Field): boolean {
  if (field.kind === 'binary') return seesSpan(field.left) || seesSpan(field.right);
  if (field.kind === 'unary') return seesSpan(field.of);
  return field.kind !== 'value' || field.variable;
}

/** Type of a field; what is wrong inside it is reported on the way. */
export function typeOfField(field: Field, report: Report): TraceqlType {
  switch (field.kind) {
    case 'value':
      return field.variable && field.type !== 'string' ? 'any' : field.type;
    case 'intrinsic':
      return field.type;
    case 'attribute':
      if (field.name.startsWith('parent.'))
        report(error('not-supported', 'attributes of the parent are not supported by Tempo', field));
      return 'attribute';
    case 'unary':
      return checkUnary(field, report);
    case 'binary':
      return checkBinary(field, report);
  }
}

function checkUnary(field: Extract<Field, { kind: 'unary' }>, report: Report): TraceqlType {
  const type = typeOfField(field.of, report);
  const fits = isOpen(type) || (field.operator === '-' ? isNumeric(type) : type === 'boolean');
  if (!fits) report(error('type-mismatch', `\`${field.operator}\` of ${typeText(type)}`, field));
  return field.operator === '!' ? 'boolean' : type;
}

const NUMBERS = '+ - * / % ^ = != < <= > >=';
const OPERATORS: Readonly<Record<Exclude<TraceqlType, 'attribute' | 'any'>, readonly string[]>> = {
  boolean: '&& || = !='.split(' '),
  int: NUMBERS.split(' '),
  float: NUMBERS.split(' '),
  duration: NUMBERS.split(' '),
  string: '= != =~ !~ < <= > >='.split(' '),
  status: ['=', '!='],
  kind: ['=', '!='],
  nil: ['=', '!='],
};

function checkBinary(field: Binary, report: Report): TraceqlType {
  const { operator, left, right } = field;
  const types = [typeOfField(left, report), typeOfField(right, report)] as const;
  if (!checkNil(field, report)) checkTypes(field, types, report);
  if (operator === '=~' || operator === '!~') checkRegex(right, report);
  const arithmetic = /^[-+*/%^]$/.test(operator);
  if (!arithmetic) return 'boolean';
  return isOpen(types[0]) ? types[1] : types[0];
}

function checkTypes(field: Binary, [left, right]: readonly [TraceqlType, TraceqlType], report: Report): void {
  const { operator } = field;
  const bothNumeric = isNumeric(left) && isNumeric(right);
  const same = left === right || isOpen(left) || isOpen(right) || bothNumeric;
  if (!same) {
    const help =
      left === 'duration' || right === 'duration' ? 'a duration is written without quotes: `500ms`' : undefined;
    const message = `${shown(operator)} of ${typeText(left)} and ${typeText(right)}`;
    report(error('type-mismatch', message, field, help));
    return;
  }
  for (const type of [left, right]) {
    if (type === 'attribute' || type === 'any' || OPERATORS[type].includes(operator)) continue;
    report(error('type-mismatch', `${shown(operator)} of ${typeText(type)}`, field.operatorPlace));
    return;
  }
  const compares = /^(?:=|!=|<=?|>=?)$/.test(operator);
  const bare = [field.left, field.right].find((operand) => operand.kind === 'value' && isBareNumber(operand));
  if (compares && bothNumeric && (left === 'duration') !== (right === 'duration') && bare !== undefined) {
    const help = 'write the unit: `500ms`, `2s`';
    report(warning('duration-without-unit', 'a duration is compared with a number of nanoseconds', bare, help));
  }
}

function isBareNumber(field: Field): boolean {
  return field.kind === 'value' && (field.type === 'int' || field.type === 'float') && Number(field.text) !== 0;
}

/** `= nil` and `!= nil` ask whether there is such an attribute. */
function checkNil({ operator, left, right, ...span }: Binary, report: Report): boolean {
  const isNil = (field: Field): boolean => field.kind === 'value' && field.type === 'nil';
  if (operator !== '=' && operator !== '!=') return false;
  if (!isNil(left) && !isNil(right)) return false;
  const other = isNil(left) ? right : left;
  const always = other.kind === 'intrinsic' || (other.kind === 'attribute' && other.name === 'resource.service.name');
  if (operator === '=' && always) report(error('never-nil', `${shown(other.name)} is never nil`, span));
  return true;
}

function checkRegex(field: Field, report: Report): void {
  if (field.kind !== 'value') {
    report(error('type-mismatch', 'a regular expression must be a text', field));
    return;
  }
  const regex = field.type === 'string' && !field.variable ? readRegex(field.text) : undefined;
  if (regex?.ok === false) report(invalidRegex('invalid-regex', regex.problem, field));
}

export function typeText(type: TraceqlType): string {
  const article = type === 'int' || type === 'attribute' || type === 'any' ? 'an' : 'a';
  return type === 'nil' ? 'nil' : `${article} ${type === 'int' ? 'integer' : type}`;
}
