import { child } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { isBound, type BoundNode, type Found } from '../modules/found.ts';
import type { Component } from '../modules/scope.ts';
import { valueOf } from '../modules/values.ts';
import type { World } from '../modules/world.ts';
import { blocksOf, isComputed, type BlockNode } from '../syntax/nodes.ts';

/** Targets that come from one place, and what happened to them on their way. */
export interface TargetSet {
  readonly from:
    | { readonly kind: 'fixed'; readonly target: SourceNode }
    /** A list that somebody keeps, or an exporter that is built in. */
    | { readonly kind: 'component'; readonly component: Component }
    | { readonly kind: 'unknown'; readonly node: SourceNode; readonly why: string };
  /** Steps of relabelling, in their order. */
  readonly rules: readonly BlockNode[];
  /** Components that they went through, from the first. */
  readonly through: readonly Component[];
  /** Values that only lead from one component to the next. */
  readonly links: readonly SourceNode[];
}

const DEEPEST = 30;

interface Walk {
  readonly world: World;
  /** Steps that are left: lists of lists of lists grow beyond anything. */
  left: number;
}

/** What a list of targets is made of. */
export function targetSets(list: SourceNode | undefined, world: World): readonly TargetSet[] {
  return setsOf(list, { world, left: 20_000 }, 0);
}

function setsOf(list: SourceNode | undefined, walk: Walk, depth: number): readonly TargetSet[] {
  if (list === undefined) return [];
  walk.left -= 1;
  if (depth > DEEPEST || walk.left < 0) return [lost(list, 'it leads into itself')];
  if (isBound(list)) return ofReference(list, walk, depth);
  if (isComputed(list)) return [lost(list, 'only Alloy works it out')];
  if (list.kind === 'list') return list.items.flatMap((item) => setsOf(item, walk, depth + 1));
  if (list.kind === 'map') return [{ from: { kind: 'fixed', target: list }, rules: [], through: [], links: [] }];
  return [lost(list, 'it is no target')];
}

function lost(node: SourceNode, why: string): TargetSet {
  return { from: { kind: 'unknown', node, why }, rules: [], through: [], links: [] };
}

export function foundBy(node: BoundNode, world: World): Found {
  return valueOf(node.expression, node.scope, node, world);
}

function ofReference(node: BoundNode, walk: Walk, depth: number): readonly TargetSet[] {
  const found = foundBy(node, walk.world);
  if (found.kind === 'unknown') return [lost(node, found.why)];
  if (found.kind === 'value') return setsOf(found.node, walk, depth + 1).map((set) => linked(set, node));
  const { component, path } = found;
  if (path.length !== 1) return [lost(node, 'it is a part of what is found when Alloy runs')];
  if (component.name === 'discovery.relabel' && path[0] === 'output')
    return setsOf(child(component.node, 'targets'), walk, depth + 1).map((set) =>
      linked(
        { ...set, rules: [...set.rules, ...blocksOf(component.node, 'rule')], through: [...set.through, component] },
        node,
      ),
    );
  if (path[0] !== 'targets') return [lost(node, 'it is no list of targets')];
  return [{ from: { kind: 'component', component }, rules: [], through: [], links: [node] }];
}

function linked(set: TargetSet, node: SourceNode): TargetSet {
  return { ...set, links: [...set.links, node] };
}
