import type { Expression } from '@lgtm-fleet/alloy';
import type { MapNode, SourceNode } from '../../../core/node.ts';

/** A block with its arguments and the blocks in it, all as entries. */
export interface BlockNode extends MapNode {
  /** With its dots: `prometheus.scrape`. */
  readonly name: string;
  readonly label: string | undefined;
}

/**
 * A value that Alloy works out when it runs. It is a leaf that is no text, no number and no list, so that nothing
 * takes it for one before somebody has worked it out here.
 */
export interface ComputedNode extends MapNode {
  readonly expression: Expression;
  /** As it is written, on one line. */
  readonly written: string;
}

export function isBlock(node: SourceNode | undefined): node is BlockNode {
  return node !== undefined && 'name' in node;
}

export function isComputed(node: SourceNode | undefined): node is ComputedNode {
  return node !== undefined && 'expression' in node;
}

/** The blocks of a body with a name, in their order. */
export function blocksOf(node: SourceNode | undefined, name: string): readonly BlockNode[] {
  return allBlocks(node).filter((block) => block.name === name);
}

export function allBlocks(node: SourceNode | undefined): readonly BlockNode[] {
  return node?.kind === 'map' ? [...node.entries.values()].filter(isBlock) : [];
}

/** Arguments alone, without blocks. */
export function argumentsOf(node: SourceNode | undefined): readonly (readonly [name: string, node: SourceNode])[] {
  return node?.kind === 'map' ? [...node.entries].filter(([, value]) => !isBlock(value)) : [];
}

/** The same node where nothing in it is otherwise; what is not touched stays itself, which is how it is answered for. */
export function mapped(node: SourceNode, change: (leaf: ComputedNode) => SourceNode): SourceNode {
  if (isComputed(node)) return change(node);
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') {
    const items = node.items.map((item) => mapped(item, change));
    return items.every((item, at) => item === node.items[at]) ? node : { ...node, items };
  }
  const entries = [...node.entries].map(([key, value]) => [key, value, mapped(value, change)] as const);
  if (entries.every(([, before, after]) => before === after)) return node;
  return { ...node, entries: new Map(entries.map(([key, , after]) => [key, after])) };
}
