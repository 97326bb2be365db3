import { nearest } from '@lgtm-fleet/diagnostics';
import { type Cursor, shown } from '../core/cursor.ts';
import { goDuration, prometheusDuration } from '../core/duration.ts';
import { error } from '../core/fault.ts';
import { stringName } from '../core/names.ts';
import type { Token } from '../core/token.ts';
import { FIELD_PRECEDENCE, INTRINSICS, type TraceqlType, VALUES } from './names.ts';
import type { Field } from './tree.ts';

/** What stands in `{…}` or between the brackets of a function. */
export function readField(cursor: Cursor, above = 0): Field {
  return cursor.nest(() => {
    let left = readOperand(cursor);
    for (;;) {
      const token = cursor.peek();
      const known = token.kind === 'symbol' && Object.hasOwn(FIELD_PRECEDENCE, token.text);
      const strength = known ? (FIELD_PRECEDENCE[token.text] ?? 0) : 0;
      if (strength <= above) return left;
      cursor.operator(cursor.next());
      const right = readField(cursor, token.text === '^' ? strength - 1 : strength);
      const place = { start: left.start, end: right.end };
      left = { kind: 'binary', operator: token.text, operatorPlace: token, left, right, ...place };
    }
  });
}

function readOperand(cursor: Cursor): Field {
  const token = cursor.peek();
  if (token.text === '-' || token.text === '!') {
    cursor.operator(cursor.next());
    // A sign binds as strongly as anything, `!` weaker than a product.
    const of = token.text === '-' ? cursor.nest(() => readOperand(cursor)) : readField(cursor, 3);
    return { kind: 'unary', operator: token.text, of, start: token.start, end: of.end };
  }
  const opened = cursor.accept('(');
  if (opened !== undefined) {
    const inner = readField(cursor);
    const closed = cursor.close(opened, ')');
    return { ...inner, start: opened.start, end: closed.end };
  }
  if (token.kind === 'string') {
    const { text, variable, start, end } = stringName(cursor);
    return { kind: 'value', type: 'string', text, variable, start, end };
  }
  if (token.kind !== 'word' && token.kind !== 'number') return cursor.unexpected('an attribute or a value');
  cursor.next();
  return token.kind === 'number' ? valueOf(token, numberType(cursor, token)) : wordField(cursor, token);
}

function valueOf({ text, variable, start, end }: Token, type: TraceqlType): Field {
  return { kind: 'value', type, text, variable, start, end };
}

/** `5`, `1.5` or `10ms`. */
export function numberType(cursor: Cursor, token: Token): TraceqlType {
  if (token.variable) return 'any';
  if (/^\d+$/.test(token.text)) return 'int';
  if (!Number.isNaN(Number(token.text))) return 'float';
  const milliseconds = prometheusDuration(token.text) ?? goDuration(token.text);
  if (milliseconds !== undefined) return 'duration';
  return cursor.fail(error('query-syntax', `${shown(token.text)} is no number or duration`, token));
}

function wordField(cursor: Cursor, token: Token): Field {
  const { text, start, end } = token;
  if (token.variable && text.startsWith('$')) return valueOf(token, 'any');
  if (/^(?:parent|resource|span|event|link|instrumentation)?\./.test(text)) {
    if (text.endsWith('.')) return cursor.fail(error('query-syntax', 'a scope without an attribute', token));
    return { kind: 'attribute', name: text, start, end };
  }
  const value = Object.hasOwn(VALUES, text) ? VALUES[text] : undefined;
  if (value !== undefined) return valueOf(token, value);
  const type = Object.hasOwn(INTRINSICS, text) ? INTRINSICS[text] : undefined;
  if (type !== undefined) return { kind: 'intrinsic', name: text, type, start, end };
  if (text === 'parent') return cursor.fail(error('not-supported', '`parent` is not supported by Tempo', token));
  const meant = nearest(text, [...Object.keys(INTRINSICS), ...Object.keys(VALUES)]);
  const help =
    meant === undefined ? `an attribute has its scope before it: \`span.${text}\`` : `did you mean \`${meant}\`?`;
  return cursor.fail(error('unknown-intrinsic', `${shown(text)} is no intrinsic of Tempo`, token, help));
}

/** `(a, b)`: attributes and intrinsics. */
export function readAttributes(cursor: Cursor): readonly Field[] {
  const opened = cursor.expect('(');
  const fields: Field[] = [];
  do fields.push(readAttribute(cursor));
  while (cursor.accept(','));
  cursor.close(opened, ')');
  return fields;
}

export function readAttribute(cursor: Cursor): Field {
  const token = cursor.peek();
  if (token.kind !== 'word') return cursor.unexpected('an attribute');
  const field = readOperand(cursor);
  const named = field.kind === 'attribute' || field.kind === 'intrinsic' || (field.kind === 'value' && field.variable);
  return named ? field : cursor.fail(error('query-syntax', `${shown(token.text)} is no attribute`, token));
}
