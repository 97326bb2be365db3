import type { Block, Expression, Statement } from '../ast.ts';
import { components, configurationBlocks } from '../catalogue/index.ts';
import type { ArgumentModel, ComponentModel, Kind } from '../catalogue/read.ts';
import type { Reference } from '../walk.ts';
import type { Findings } from './finding.ts';

/** A block that others can refer to: a component, or an argument of a module. */
export interface Component {
  /** Name and label with a dot between: `loki.write.main`. */
  readonly id: string;
  readonly block: Block;
  /** None where it comes from an imported module, of which nothing is known. */
  readonly model: ComponentModel | undefined;
  readonly scope: Scope;
  /** Exports that something refers to; `*` for the component as a whole. */
  readonly used: Set<string>;
  readonly refersTo: { readonly target: Component; readonly reference: Reference }[];
}

/** What a name can mean in a file, in the body of a `declare` or in the template of a `foreach`. */
export interface Scope {
  readonly components: Map<string, Component>;
  /** Labels of the components by name, for suggestions. */
  readonly labels: Map<string, string[]>;
  readonly declares: Map<string, ComponentModel>;
  readonly imports: Set<string>;
  /** Name without a component: the variable of a `foreach`. */
  readonly variable?: string;
  /** Where this one stands: its modules are visible here, and within a template its components too. */
  readonly around?: Scope;
}

/** The scope and those around it whose components and variables are visible in it. */
export function* visibleFrom(scope: Scope): Generator<Scope> {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.variable === undefined ? undefined : at.around)
    yield at;
}

/** The component that an identifier path begins with, and what follows its label. */
export function resolve(scope: Scope, reference: Reference): { component: Component; rest: number } | undefined {
  const longest = Math.min(reference.path.length, longestId);
  for (let length = longest; length > 0; length -= 1) {
    const id = nameOf(reference, length);
    for (const at of visibleFrom(scope)) {
      const component = at.components.get(id);
      if (component !== undefined) return { component, rest: length };
    }
  }
  return undefined;
}

/** Parts of the longest name of a component, with its namespace and label. */
const longestId = 8;

/** The first names of a reference, with dots. */
export function nameOf(reference: Reference, length: number): string {
  return reference.path
    .slice(0, length)
    .map(({ name }) => name)
    .join('.');
}

/** Blocks that take a label which the rest of the file can name. */
const holders = [
  'declare',
  'foreach',
  'import.file',
  'import.git',
  'import.http',
  'import.string',
  'export',
  'argument',
];

export function takesLabel(name: string): boolean {
  return holders.includes(name) || (name !== 'declare' && !configurationBlocks.has(name));
}

/** Reads the blocks of a body, and finds those that are there twice and those whose name means nothing. */
export function readScope(
  body: readonly Statement[],
  findings: Findings,
  place: Pick<Scope, 'around' | 'variable'> = {},
): Scope {
  const scope: Scope = {
    components: new Map(),
    labels: new Map(),
    declares: new Map(),
    imports: new Set(),
    ...place,
  };
  const blocks = body.filter((statement) => statement.kind === 'block');
  for (const { name, label, body: inner } of blocks) {
    if (label === undefined) continue;
    if (name.name === 'declare') scope.declares.set(label.name, modelOfDeclare(inner));
    if (name.name.startsWith('import.')) scope.imports.add(label.name);
  }
  const seen = new Set<string>();
  for (const block of blocks) readBlock(scope, block, seen, findings);
  return scope;
}

function readBlock(scope: Scope, block: Block, seen: Set<string>, findings: Findings): void {
  const { name, label } = block;
  if (label === undefined && takesLabel(name.name))
    findings.add('alloy-missing-label', name.span, `\`${name.name}\` has no label`, `\`${name.name} "name" {\``);
  const id = label === undefined ? name.name : `${name.name}.${label.name}`;
  if (seen.has(id) && (label !== undefined || !takesLabel(name.name)))
    findings.add('alloy-duplicate-component', (label ?? name).span, `\`${id}\` is there twice`);
  seen.add(id);
  if (name.name === 'declare' || (configurationBlocks.has(name.name) && name.name !== 'argument')) return;
  const model = modelOf(scope, name.name);
  if (model === 'unknown')
    findings.add(
      'alloy-unknown-component',
      name.span,
      `Alloy has no component \`${name.name}\``,
      findings.meant(name.name, namesFor(scope)),
    );
  if (label === undefined || scope.components.has(id)) return;
  const known = model === 'unknown' ? undefined : model;
  scope.components.set(id, { id, block, model: known, scope, used: new Set(), refersTo: [] });
  const labels = scope.labels.get(name.name);
  if (labels === undefined) scope.labels.set(name.name, [label.name]);
  else labels.push(label.name);
}

/** None for a component of an imported module. */
function modelOf(scope: Scope, name: string): ComponentModel | 'unknown' | undefined {
  const known = name === 'argument' ? configurationBlocks.get(name) : components.get(name);
  if (known !== undefined) return known;
  const namespace = name.split('.')[0] ?? '';
  for (let at: Scope | undefined = scope; at !== undefined; at = at.around) {
    const declared = at.declares.get(name);
    if (declared !== undefined) return declared;
    if (at.imports.has(namespace)) return undefined;
  }
  return 'unknown';
}

function* namesFor(scope: Scope): Generator<string> {
  yield* configurationBlocks.keys();
  yield* components.keys();
  yield* scope.declares.keys();
}

/** A module takes its `argument` blocks and exports its `export` blocks. */
function modelOfDeclare(body: readonly Statement[]): ComponentModel {
  const taken = new Map<string, ArgumentModel>();
  const exports = new Map<string, Kind | undefined>();
  for (const statement of body) {
    if (statement.kind !== 'block' || statement.label === undefined) continue;
    if (statement.name.name === 'export') exports.set(statement.label.name, undefined);
    if (statement.name.name === 'argument')
      taken.set(statement.label.name, { required: !isOptional(statement.body), list: false });
  }
  return { exports, custom: true, body: () => ({ arguments: taken, blocks: new Map() }) };
}

function isOptional(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement.kind !== 'attribute' || statement.name.name !== 'optional') return false;
    const value: Expression = statement.value;
    return value.kind !== 'bool' || value.value;
  });
}
