import type { Span } from '@lgtm-fleet/diagnostics';

/** A name as it stands in the file. */
export interface Identifier {
  readonly name: string;
  readonly span: Span;
}

/** `//` to the end of its line, or a block between slashes and stars; `text` has its marks and no carriage return. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/**
 * `raw` is the number as written. `value` is what Alloy takes it for; a whole number of more than 53 bits
 * is only near.
 */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly raw: string;
  readonly value: number;
  readonly span: Span;
}

/** `raw` has the quotes (`"…"`, or backticks: a raw string, which has no escapes), `value` is what they mean. */
export interface StringLiteral {
  readonly kind: 'string';
  readonly raw: string;
  readonly value: string;
  readonly span: Span;
}

export interface BoolLiteral {
  readonly kind: 'bool';
  readonly value: boolean;
  readonly span: Span;
}

export interface NullLiteral {
  readonly kind: 'null';
  readonly span: Span;
}

export interface IdentifierExpression extends Identifier {
  readonly kind: 'identifier';
}

export interface ArrayExpression {
  readonly kind: 'array';
  readonly elements: readonly Expression[];
  readonly span: Span;
}

/** `name` is the text between the quotes, which Alloy 1.18 takes as it is: a key has no escapes. */
export interface FieldKey extends Identifier {
  readonly raw: string;
}

export interface Field {
  readonly key: FieldKey;
  readonly value: Expression;
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly fields: readonly Field[];
  readonly span: Span;
}

/** `object.name`. */
export interface AccessExpression {
  readonly kind: 'access';
  readonly object: Expression;
  readonly dot: Span;
  readonly name: Identifier;
  readonly span: Span;
}

/** `object[index]`. */
export interface IndexExpression {
  readonly kind: 'index';
  readonly object: Expression;
  readonly open: Span;
  readonly index: Expression;
  readonly span: Span;
}

/** `callee(parameters)`. */
export interface CallExpression {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly open: Span;
  readonly parameters: readonly Expression[];
  readonly span: Span;
}

export type UnaryOperator = '!' | '-';

export interface UnaryExpression {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
  readonly span: Span;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '^';

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface ParenthesizedExpression {
  readonly kind: 'parenthesized';
  readonly inner: Expression;
  readonly span: Span;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BoolLiteral
  | NullLiteral
  | IdentifierExpression
  | ArrayExpression
  | ObjectExpression
  | AccessExpression
  | IndexExpression
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | ParenthesizedExpression;

export interface Attribute {
  readonly kind: 'attribute';
  readonly name: Identifier;
  readonly value: Expression;
  readonly span: Span;
}

export interface Block {
  readonly kind: 'block';
  /** With its dots: `prometheus.scrape`, `stage.cri`. */
  readonly name: Identifier;
  /** Without its quotes; an empty one counts as none. */
  readonly label?: Identifier;
  readonly body: readonly Statement[];
  readonly open: Span;
  readonly close: Span;
  readonly span: Span;
}

export type Statement = Attribute | Block;

export interface AlloyFile {
  readonly source: string;
  readonly body: readonly Statement[];
  /** All of them, in the order of the file. */
  readonly comments: readonly Comment[];
  /** False when a statement could not be read and is missing from `body`. */
  readonly complete: boolean;
}

/** What cannot be read, at its smallest place. */
export interface AlloyFault {
  /** One sentence without a full stop. */
  readonly message: string;
  readonly span: Span;
  readonly help?: string;
}
