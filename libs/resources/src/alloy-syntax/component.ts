import { components, type ComponentName } from './components/index.ts';
import type { Expression } from './expression.ts';
import type { BlockModel, BodyOf } from './model.ts';
import type { Block } from './print.ts';

export interface Comments {
  /** Over the component. */
  readonly comment?: string;
  /** Over its arguments and inner blocks, by path: `endpoint/max_backoff_retries`. All that share a path get it. */
  readonly comments?: Readonly<Record<string, string>>;
}

/**
 * One component of a configuration, its arguments checked against the model by the compiler.
 *
 * @throws Error when a comment names what is not in the body, so that no reason gets lost.
 */
export function component<N extends ComponentName>(
  name: N,
  label: string,
  body: BodyOf<(typeof components)[N]>,
  { comment, comments = {} }: Comments = {},
): Block {
  const used = new Set<string>();
  const statements = toStatements(components[name], body, comments, used, '');
  const unused = Object.keys(comments).find((path) => !used.has(path));
  if (unused !== undefined) throw new Error(`comment for '${unused}' of ${name}: there is no such argument`);
  return { kind: 'block', name, label, body: statements, ...(comment === undefined ? {} : { comment }) };
}

type Body = Readonly<Record<string, Expression | undefined>>;

function toStatements(
  model: BlockModel,
  body: Body,
  comments: Readonly<Record<string, string>>,
  used: Set<string>,
  prefix: string,
): Block['body'] {
  return Object.entries(body).flatMap(([name, value]): Block['body'] => {
    if (value === undefined) return [];
    const path = `${prefix}${name}`;
    const note = comments[path];
    if (note !== undefined) used.add(path);
    const comment = note === undefined ? {} : { comment: note };
    const inner = model.blocks?.[name];
    if (inner === undefined) return [{ kind: 'attribute', name, value, ...comment }];
    return bodiesOf(inner, value).map(({ label, body: each }, index) => ({
      kind: 'block',
      name,
      ...(label === undefined ? {} : { label }),
      body: toStatements(inner, each, comments, used, `${path}/`),
      ...(index === 0 ? comment : {}),
    }));
  });
}

function bodiesOf({ labelled }: BlockModel, value: Expression) {
  if (labelled === true)
    return Object.entries(value as Readonly<Record<string, Body>>).map(([label, body]) => ({ label, body }));
  const bodies = (Array.isArray(value) ? value : [value]) as readonly Body[];
  return bodies.map((body) => ({ label: undefined, body }));
}
