import type { Block, Expression } from '@lgtm-fleet/alloy';

/** A value of Alloy's configuration; a name of something else in the file is its dotted text. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export type Environment = Readonly<Record<string, string>>;

/** Attributes by name, and inner blocks of one name as a list. */
export interface Body {
  readonly attributes: Readonly<Record<string, Value>>;
  readonly blocks: Readonly<Record<string, readonly Body[]>>;
}

/**
 * What a block says, with `sys.env` answered.
 * @throws Error for an expression that is computed in another way
 */
export function bodyOf({ body }: Block, environment: Environment): Body {
  const attributes = body.flatMap((one) =>
    one.kind === 'attribute' ? [[one.name.name, valueOf(one.value, environment)] as const] : [],
  );
  const inner = body.flatMap((one) => (one.kind === 'block' ? [one] : []));
  return {
    attributes: Object.fromEntries(attributes),
    blocks: Object.fromEntries(
      [...Map.groupBy(inner, ({ name }) => name.name)].map(([name, blocks]) => [
        name,
        blocks.map((block) => bodyOf(block, environment)),
      ]),
    ),
  };
}

function valueOf(expression: Expression, environment: Environment): Value {
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return expression.value;
    case 'null':
      return null;
    case 'array':
      return expression.elements.map((element) => valueOf(element, environment));
    case 'object':
      return Object.fromEntries(
        expression.fields.map(({ key, value }) => [key.name, valueOf(value, environment)] as const),
      );
    case 'identifier':
      return expression.name;
    case 'access':
      return `${textOf(expression.object, environment)}.${expression.name.name}`;
    case 'call':
      return called(expression.callee, expression.parameters, environment);
    case 'binary':
      if (expression.operator === '+')
        return textOf(expression.left, environment) + textOf(expression.right, environment);
      break;
    default:
  }
  throw new Error(`nobody computes ${expression.kind} here`);
}

function called(callee: Expression, parameters: readonly Expression[], environment: Environment): string {
  const name = textOf(callee, environment);
  const [first] = parameters;
  const variable = first === undefined ? '' : textOf(first, environment);
  const value = environment[variable];
  if (name !== 'sys.env' || value === undefined) throw new Error(`nobody answers ${name}("${variable}") here`);
  return value;
}

function textOf(expression: Expression, environment: Environment): string {
  const value = valueOf(expression, environment);
  if (typeof value !== 'string') throw new Error('a text is expected');
  return value;
}
