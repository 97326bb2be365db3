import { asReference, type Expression } from '@lgtm-fleet/alloy';
import { booleanOf, child, numberOf, textOf } from '../../../core/look.ts';
import { leavesOf, type SourceNode } from '../../../core/node.ts';
import { mapped, type ComputedNode } from '../syntax/nodes.ts';
import { isBound, unknown, type BoundNode, type Found } from './found.ts';
import { callOf, isKnownFunction, LONGEST, scalarAt } from './functions.ts';
import { visibleFrom, type Scope } from './scope.ts';
import { contentOf, type World } from './world.ts';

const DEEPEST = 40;

/** What an expression is in a scope; what is made anew stands at the place of `at`. */
export function valueOf(expression: Expression, scope: Scope, at: SourceNode, world: World, depth = 0): Found {
  if (depth > DEEPEST) return unknown('it leads into itself');
  const inner = (part: Expression): Found => valueOf(part, scope, at, world, depth + 1);
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return { kind: 'value', node: scalarAt(at, expression.value) };
    case 'null':
      return { kind: 'value', node: scalarAt(at, null) };
    case 'parenthesized':
      return inner(expression.inner);
    case 'array': {
      const items = expression.elements.map(inner);
      const bad = items.find((item) => item.kind !== 'value');
      if (bad !== undefined) return bad;
      const { file, line, path } = at;
      return { kind: 'value', node: { kind: 'list', file, line, path, items: items.flatMap(nodeIn) } };
    }
    case 'object': {
      const fields = expression.fields.map(({ key, value }) => [key.name, inner(value)] as const);
      const bad = fields.find(([, field]) => field.kind !== 'value');
      if (bad !== undefined) return bad[1];
      const { file, line, path } = at;
      const entries = new Map(fields.flatMap(([key, field]) => nodeIn(field).map((node) => [key, node] as const)));
      return { kind: 'value', node: { kind: 'map', file, line, path, entries } };
    }
    case 'identifier':
    case 'access':
    case 'index':
      return named(expression, scope, at, world, depth);
    case 'call':
      return called(expression.callee, expression.parameters.map(inner), at, world);
    case 'unary':
    case 'binary':
      return calculated(expression, inner, at);
  }
}

function nodeIn(found: Found): readonly SourceNode[] {
  return found.kind === 'value' ? [found.node] : [];
}

type Named = Extract<Expression, { kind: 'identifier' | 'access' | 'index' }>;

function named(expression: Named, scope: Scope, at: SourceNode, world: World, depth: number): Found {
  const reference = asReference(expression);
  if (reference !== undefined)
    return referred(
      reference.path.map(({ name }) => name),
      scope,
      at,
      world,
      depth,
    );
  if (expression.kind === 'identifier') return unknown('nothing here is called so');
  const object = valueOf(expression.object, scope, at, world, depth + 1);
  if (object.kind !== 'value')
    return object.kind === 'unknown' ? object : unknown('it is a part of what is found when Alloy runs');
  if (expression.kind === 'access') return partOf(object.node, [expression.name.name]);
  const index = valueOf(expression.index, scope, at, world, depth + 1);
  if (index.kind !== 'value') return index;
  const step = numberOf(index.node) ?? textOf(index.node);
  const part = step === undefined ? undefined : child(object.node, step);
  return part === undefined ? unknown('there is no such item') : { kind: 'value', node: part };
}

function partOf(node: SourceNode, path: readonly string[]): Found {
  const part = child(node, ...path);
  return part === undefined ? unknown(`there is no key \`${path.at(-1) ?? ''}\``) : { kind: 'value', node: part };
}

/** A name with dots: a variable, an argument, a component's export, or what the language has. */
function referred(path: readonly string[], scope: Scope, at: SourceNode, world: World, depth: number): Found {
  const [root = '', second = '', , ...rest] = path;
  if (root === 'module_path') return { kind: 'value', node: scalarAt(at, '') };
  if (root === 'constants' || root === 'sys') return unknown('the machine on which Alloy runs knows it');
  for (const one of visibleFrom(scope)) {
    if (one.variable?.name === root) return followed(one.variable.value, path.slice(1), world, depth);
    const argument = root === 'argument' ? one.given.get(second) : undefined;
    if (argument !== undefined) return followed(argument, rest, world, depth);
    for (let length = Math.min(path.length, 8); length > 0; length -= 1) {
      const id = path.slice(0, length).join('.');
      const component = one.components.get(id);
      if (component !== undefined) return exported({ kind: 'export', component, path: path.slice(length) }, at, world);
      const value = one.instances.get(id)?.get(path[length] ?? '');
      if (value !== undefined) return followed(value, path.slice(length + 1), world, depth);
    }
  }
  return unknown('nothing here is called so');
}

/** The part of a value that may itself be worked out in another scope. */
function followed(value: SourceNode, path: readonly string[], world: World, depth: number): Found {
  if (!isBound(value)) return path.length === 0 ? { kind: 'value', node: value } : partOf(value, path);
  const found = valueOf(value.expression, value.scope, value, world, depth + 1);
  return found.kind === 'value' && path.length > 0 ? partOf(found.node, path) : found;
}

/** A file that is among the inputs is what it says. */
function exported(found: Extract<Found, { kind: 'export' }>, at: SourceNode, world: World): Found {
  const { name, node, scope } = found.component;
  if (name !== 'local.file' || found.path.join('.') !== 'content') return found;
  if (booleanOf(child(node, 'is_secret')) === true) return unknown('the file is a secret, which is not read');
  const filename = textOf(child(node, 'filename'));
  const file = filename === undefined ? undefined : world.fileAt(filename, scope.file);
  return file === undefined
    ? unknown('its file is not among the inputs')
    : { kind: 'value', node: world.content(file, at) };
}

/** Of a file that is among the inputs, what it says stands at its own places. */
const DECODERS = new Set(['json_decode', 'yaml_decode', 'encoding.from_json', 'encoding.from_yaml']);

function called(callee: Expression, values: readonly Found[], at: SourceNode, world: World): Found {
  const name =
    asReference(callee)
      ?.path.map((part) => part.name)
      .join('.') ?? '';
  if (name === 'sys.env' || name === 'env')
    return unknown('it is a variable of the environment of Alloy: write its value there');
  const bad = values.find((value) => value.kind === 'unknown') ?? values.find((value) => value.kind !== 'value');
  if (bad !== undefined) return bad.kind === 'unknown' ? bad : unknown('it is made of what is found when Alloy runs');
  if (!isKnownFunction(name)) return unknown('only Alloy works it out');
  const [first] = values.flatMap(nodeIn);
  const made =
    DECODERS.has(name) && first !== undefined && contentOf(first) !== undefined
      ? world.documents(first)[0]
      : callOf(name, values.flatMap(nodeIn), at);
  return made === undefined ? unknown('only Alloy works it out') : { kind: 'value', node: made };
}

type Calculation = Extract<Expression, { kind: 'unary' | 'binary' }>;

function calculated(expression: Calculation, inner: (part: Expression) => Found, at: SourceNode): Found {
  const parts = (expression.kind === 'unary' ? [expression.operand] : [expression.left, expression.right]).map(inner);
  const bad = parts.find((part) => part.kind !== 'value');
  if (bad !== undefined) return bad.kind === 'unknown' ? bad : unknown('it is made of what is found when Alloy runs');
  const [left, right] = parts.flatMap(nodeIn);
  if (expression.operator === '-' && expression.kind === 'unary') {
    const number = numberOf(left);
    return number === undefined ? unknown('only Alloy works it out') : { kind: 'value', node: scalarAt(at, -number) };
  }
  if (expression.operator !== '+') return unknown('only Alloy works it out');
  const numbers = [left, right].map((part) =>
    part?.kind === 'scalar' && typeof part.value === 'number' ? part.value : undefined,
  );
  const [first, second] = numbers;
  if (first !== undefined && second !== undefined) return { kind: 'value', node: scalarAt(at, first + second) };
  const texts = [textOf(left), textOf(right)];
  return texts.every((text) => text !== undefined) && texts.join('').length <= LONGEST
    ? { kind: 'value', node: scalarAt(at, texts.join('')) }
    : unknown('only Alloy works it out');
}

/** A node with what can be worked out in its place, and the scope with what cannot. */
export function settled<T extends SourceNode>(node: T, scope: Scope, world: World): T {
  return mapped(node, (leaf: ComputedNode) => {
    if (isBound(leaf)) return leaf;
    const found = valueOf(leaf.expression, scope, leaf, world);
    const bound: BoundNode = { ...leaf, scope };
    const made = found.kind === 'value' && isSmall(found.node) ? found.node : bound;
    world.madeOf(made, leaf);
    return made;
  }) as T;
}

/** Lists of lists grow beyond anything. */
const MOST = 20_000;

function isSmall(node: SourceNode): boolean {
  return leavesOf(node).drop(MOST).next().done === true;
}
