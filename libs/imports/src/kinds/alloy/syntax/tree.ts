import type { AlloyFile, Block, Expression, Statement } from '@lgtm-fleet/alloy';
import { asReference, constantText, lineFinder } from '@lgtm-fleet/alloy';
import type { MapNode, Scalar, SourceNode, Step } from '../../../core/node.ts';
import type { BlockNode, ComputedNode } from './nodes.ts';

interface Tree {
  readonly file: string;
  readonly source: string;
  readonly lineOf: (offset: number) => number;
}

/** The blocks and arguments of a file as nodes, with the lines of the text alone. */
export function treeOf(alloy: AlloyFile, file: string): MapNode {
  const lineOf = lineFinder(alloy.source);
  const tree = { file, source: alloy.source, lineOf: (offset: number) => lineOf(offset) + 1 };
  return { kind: 'map', file, line: 1, path: [], entries: entriesOf(alloy.body, [], tree) };
}

function entriesOf(body: readonly Statement[], path: readonly Step[], tree: Tree): ReadonlyMap<string, SourceNode> {
  const entries = new Map<string, SourceNode>();
  const amounts = new Map<string, number>();
  const idOf = (statement: Statement): string =>
    statement.kind === 'block' && statement.label !== undefined
      ? `${statement.name.name}.${statement.label.name}`
      : statement.name.name;
  for (const statement of body) amounts.set(idOf(statement), (amounts.get(idOf(statement)) ?? 0) + 1);
  const seen = new Map<string, number>();
  for (const statement of body) {
    const id = idOf(statement);
    const index = seen.get(id) ?? 0;
    seen.set(id, index + 1);
    const several = (amounts.get(id) ?? 0) > 1;
    const steps: readonly Step[] = [...path, ...id.split('.'), ...(several ? [index] : [])];
    const key = index === 0 ? id : `${id}[${index}]`;
    const line = tree.lineOf(statement.name.span.start);
    entries.set(
      key,
      statement.kind === 'block' ? blockOf(statement, steps, tree) : nodeOf(statement.value, steps, line, tree),
    );
  }
  return entries;
}

function blockOf({ name, label, body }: Block, path: readonly Step[], tree: Tree): BlockNode {
  const line = tree.lineOf(name.span.start);
  const entries = entriesOf(body, path, tree);
  return { kind: 'map', file: tree.file, line, path, entries, name: name.name, label: label?.name };
}

function nodeOf(value: Expression, path: readonly Step[], line: number, tree: Tree): SourceNode {
  const place = { file: tree.file, line, path };
  const ofPart = (part: Expression): number => tree.lineOf(part.span.start);
  const text = constantText(value);
  if (text !== undefined) return scalar(text, text);
  switch (value.kind) {
    case 'parenthesized':
      return nodeOf(value.inner, path, line, tree);
    case 'number':
      return scalar(value.value, value.raw);
    case 'bool':
      return scalar(value.value, String(value.value));
    case 'null':
      return scalar(null, 'null');
    case 'array':
    case 'call': {
      const items =
        value.kind === 'array' ? value.elements : joinedBy(value.callee) ? flattened(value.parameters) : undefined;
      if (items === undefined) return computed();
      return {
        kind: 'list',
        ...place,
        items: items.map((item, at) => nodeOf(item, [...path, at], ofPart(item), tree)),
      };
    }
    case 'object': {
      const entries = new Map<string, SourceNode>();
      for (const { key, value: field } of value.fields) {
        // A key that stands there twice is two leaves.
        const name = entries.has(key.name) ? `${key.name}[${entries.size}]` : key.name;
        entries.set(name, nodeOf(field, [...path, name], tree.lineOf(key.span.start), tree));
      }
      return { kind: 'map', ...place, entries };
    }
    default:
      return computed();
  }

  function scalar(of: Scalar, written: string): SourceNode {
    return { kind: 'scalar', ...place, value: of, written };
  }

  function computed(): ComputedNode {
    const { start, end } = value.span;
    const written = tree.source.slice(start, end).replace(/\s+/g, ' ');
    return { kind: 'map', ...place, entries: new Map(), expression: value, written };
  }
}

/** `concat(…)`, whose items are those of its parts. */
function joinedBy(callee: Expression): boolean {
  const name = asReference(callee)
    ?.path.map((part) => part.name)
    .join('.');
  return name === 'concat' || name === 'array.concat';
}

/** Lists that are written out are their items; what stands for a list is one of its own. */
function flattened(parts: readonly Expression[]): readonly Expression[] {
  return parts.flatMap((part) => {
    if (part.kind === 'parenthesized') return flattened([part.inner]);
    if (part.kind === 'array') return part.elements;
    return part.kind === 'call' && joinedBy(part.callee) ? flattened(part.parameters) : [part];
  });
}
