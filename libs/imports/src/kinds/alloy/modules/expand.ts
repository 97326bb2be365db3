import { components as known, configurationBlocks } from '@lgtm-fleet/alloy';
import { child, itemsOf, textOf } from '../../../core/look.ts';
import type { MapNode, SourceNode } from '../../../core/node.ts';
import { allBlocks, argumentsOf, blocksOf, isComputed, type BlockNode } from '../syntax/nodes.ts';
import { importedBy, spend, type Budget } from './imports.ts';
import { declaredAs, scopeOf, type Component, type Declared, type Scope } from './scope.ts';
import { settled } from './values.ts';
import type { World } from './world.ts';

/** All that would run, with modules and loops written out, and what is beside it. */
export interface Expanded {
  readonly components: readonly Component[];
  /** Blocks that configure Alloy itself. */
  readonly settings: readonly BlockNode[];
  /** Instances of modules that are nowhere among the inputs. */
  readonly elsewhere: readonly BlockNode[];
  /** Blocks of modules and loops, around what they hold. */
  readonly holders: readonly BlockNode[];
  /** Modules of which there is an instance. */
  readonly used: ReadonlySet<BlockNode>;
}

interface Expansion {
  readonly world: World;
  readonly rootOf: (path: string) => MapNode | undefined;
  readonly components: Component[];
  readonly settings: BlockNode[];
  readonly elsewhere: BlockNode[];
  readonly holders: BlockNode[];
  readonly used: Set<BlockNode>;
  readonly budget: Budget;
}

const DEEPEST = 10;
/** Far above what a person writes; loops in loops grow beyond anything. */
const MOST = 5000;
const TOO_MANY = `only ${MOST} instances of modules and rounds of loops are written out`;

/** Roots of all files are one configuration, as Alloy takes a folder. */
export function expanded(roots: readonly MapNode[], world: World): Expanded {
  const rootOf = (path: string): MapNode | undefined => roots.find(({ file }) => file === path);
  const expansion: Expansion = {
    world,
    rootOf,
    components: [],
    settings: [],
    elsewhere: [],
    holders: [],
    used: new Set(),
    budget: { left: MOST },
  };
  const [first] = roots;
  if (first !== undefined) expand(roots.flatMap(allBlocks), scopeOf({ file: first.file, depth: 0 }), expansion);
  return expansion;
}

function expand(blocks: readonly BlockNode[], scope: Scope, expansion: Expansion): void {
  const { world } = expansion;
  for (const block of blocks)
    if (block.name === 'declare' && block.label !== undefined) scope.declares.set(block.label, { block, scope });
  const own: Component[] = [];
  for (const block of blocks) {
    const { name, label } = block;
    if (label === undefined || configurationBlocks.has(name) || !known.has(name)) continue;
    if (scope.components.has(`${name}.${label}`)) {
      world.ledger.impossible(
        block,
        'there is another one of this name, which Alloy refuses: import each configuration by itself',
      );
      continue;
    }
    const component: Component = { id: `${name}.${label}`, name, label, node: block, scope };
    scope.components.set(component.id, component);
    own.push(component);
  }
  for (const block of blocks)
    if (block.name.startsWith('import.') && block.label !== undefined)
      scope.imports.set(block.label, importedBy(settled(block, scope, world), scope, expansion));
  for (const block of blocks) holder(block, scope, expansion);
  for (const component of own) {
    if (expansion.components.length >= MOST) break;
    const whole = { ...component, node: settled(component.node, scope, world) };
    scope.components.set(whole.id, whole);
    expansion.components.push(whole);
  }
}

/** What is no component: it says something of Alloy, or holds components. */
function holder(block: BlockNode, scope: Scope, expansion: Expansion): void {
  const { name, label } = block;
  if (label !== undefined && known.has(name)) return;
  if (name === 'foreach') {
    expansion.holders.push(block);
    loop(block, scope, expansion);
  } else if (name === 'declare' || name === 'argument' || name === 'export' || name.startsWith('import.')) {
    expansion.holders.push(block);
  } else if (configurationBlocks.has(name)) {
    expansion.settings.push(settled(block, scope, expansion.world));
  } else {
    const declared = declaredAs(scope, name);
    if (declared === 'elsewhere') expansion.elsewhere.push(block);
    // What no Alloy knows stays unmarked.
    else if (declared !== undefined && label !== undefined) instance(block, declared, scope, expansion);
  }
}

/** The components of a module, once more for each of its instances. */
function instance(block: BlockNode, declared: Declared, scope: Scope, expansion: Expansion): void {
  const { world } = expansion;
  if (scope.depth >= DEEPEST || !spend(expansion.budget)) {
    const why = scope.depth >= DEEPEST ? `modules in modules are read ${DEEPEST} deep at most: write it out` : TOO_MANY;
    world.ledger.impossible(block, why);
    return;
  }
  expansion.holders.push(block);
  expansion.used.add(declared.block);
  const given = new Map(argumentsOf(settled(block, scope, world)));
  const body = declared.block;
  for (const argument of blocksOf(body, 'argument')) {
    const otherwise = child(argument, 'default');
    const { label = '' } = argument;
    if (!given.has(label) && otherwise !== undefined) given.set(label, settled(otherwise, declared.scope, world));
  }
  const inside = scopeOf({ file: body.file, depth: scope.depth + 1, given, around: declared.scope });
  expand(allBlocks(body), inside, expansion);
  const exports = blocksOf(body, 'export').flatMap((one): readonly (readonly [string, SourceNode])[] => {
    const value = child(one, 'value');
    return value === undefined ? [] : [[one.label ?? '', settled(value, inside, world)]];
  });
  scope.instances.set(`${block.name}.${block.label ?? ''}`, new Map(exports));
}

function loop(block: BlockNode, scope: Scope, expansion: Expansion): void {
  const { world } = expansion;
  const own = settled(block, scope, world);
  const collection = child(own, 'collection');
  const name = textOf(child(own, 'var'));
  const template = blocksOf(block, 'template')[0];
  if (
    template === undefined ||
    name === undefined ||
    collection?.kind !== 'list' ||
    itemsOf(collection).some(isComputed)
  ) {
    world.ledger.impossible(
      block,
      'what it goes through is found when Alloy runs: write out what it makes of each, or name the targets in a source',
    );
    return;
  }
  for (const value of collection.items) {
    if (scope.depth >= DEEPEST || !spend(expansion.budget)) {
      world.ledger.impossible(collection, TOO_MANY);
      return;
    }
    expand(
      allBlocks(template),
      scopeOf({ file: block.file, depth: scope.depth + 1, variable: { name, value }, around: scope }),
      expansion,
    );
  }
}
